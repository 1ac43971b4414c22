import { readdir, readFile } from 'node:fs/promises';

/** The pids of processes whose environment or working directory names a path below this one. */
export async function findMarkedProcesses(path: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.includes(`=${path}/`) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}
