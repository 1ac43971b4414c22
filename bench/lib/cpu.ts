import { readFile } from 'node:fs/promises';
import { memoryOfTree } from './memory.ts';

/** Of the clock of the kernel, `getconf CLK_TCK`: 100 on all that Linux runs on. */
const ticksPerSecond = 100;

/** The CPU time that a process and those of its descendants that live have used, in ms (proc(5), stat). */
export async function cpuOfTree(root: number): Promise<number> {
  const times = await Promise.all((await memoryOfTree(root)).map(({ pid }) => cpuOf(pid)));
  return times.reduce((sum, ms) => sum + ms, 0);
}

async function cpuOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond) * 1000;
}
