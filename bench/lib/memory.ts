import { readdir, readFile } from 'node:fs/promises';

export interface ProcessMemory {
  readonly pid: number;
  readonly parent: number;
  /** What was executed, without its path. */
  readonly program: string;
  readonly argv: readonly string[];
  readonly rssMb: number;
  /** Memory that several share, counted in equal parts. */
  readonly pssMb: number;
}

/** The memory of a process and all its descendants (proc(5), smaps_rollup), itself first. */
export async function memoryOfTree(root: number): Promise<ProcessMemory[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(memoryOf))).filter((process) => process !== undefined);
  const tree = all.filter(({ pid }) => pid === root);
  for (const member of tree) tree.push(...all.filter(({ parent }) => parent === member.pid));
  return tree;
}

async function memoryOf(pid: number): Promise<ProcessMemory | undefined> {
  try {
    const [stat, cmdline, rollup] = await Promise.all(
      ['stat', 'cmdline', 'smaps_rollup'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
    );
    const argv = (cmdline ?? '').split('\0');
    const afterName = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2);
    return {
      pid,
      parent: Number(afterName.split(' ')[1]),
      program: (argv[0] ?? '').split('/').at(-1) ?? '',
      argv,
      rssMb: megabytes(rollup ?? '', 'Rss'),
      pssMb: megabytes(rollup ?? '', 'Pss'),
    };
  } catch {
    // Ended meanwhile, or a kernel thread: nothing of ours.
    return undefined;
  }
}

function megabytes(rollup: string, field: string): number {
  return (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) * 1024) / 1_000_000;
}
