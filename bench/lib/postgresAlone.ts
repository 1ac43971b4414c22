import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Scratch } from './scratch.ts';

/** A small Node process that holds PostgreSQL, which answers. */
export interface PostgresAlone {
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts it, by default on a directory of its own, and waits until it answers. */
export async function postgresAlone(scratch: Scratch, dataDir?: string): Promise<PostgresAlone> {
  const program = join(import.meta.dirname, '../programs/holdPostgres.ts');
  const child = spawn(process.execPath, [program, dataDir ?? (await scratch.directory())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  scratch.onEnd(stop);
  await once(child.stdout, 'data');
  return { pid: child.pid ?? 0, stop };
}
