import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg, totalmem } from 'node:os';

/** The facts without which a figure means nothing. Nothing that names a machine. */
export function describeRun(now: Date): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const facts = [
    now.toISOString().slice(0, 10),
    `${availableParallelism()} cores`,
    memory,
    `Node ${process.version}`,
    `load ${load} at the start`,
    ...(isRealTime() ? ['real-time priority over that load (chrt -r)'] : []),
  ];
  return facts.join(' · ');
}

/** Whether the kernel prefers this process to all ordinary ones (proc(5): `rt_priority`, field 40 of stat). */
function isRealTime(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(afterName[37]) > 0;
}
