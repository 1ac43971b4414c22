import { availableParallelism, loadavg, totalmem } from 'node:os';

/** The facts without which a figure means nothing. Nothing that names a machine. */
export function describeRun(now: Date): string {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${now.toISOString().slice(0, 10)} · ${availableParallelism()} cores · ${memory} · Node ${process.version} · load ${load} at the start`;
}
