import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface BareSpawns {
  /** Wall clock in ms just before each was started. */
  readonly startedAt: readonly number[];
  /** From there to its end. */
  readonly tookMs: readonly number[];
}

/** Runs a command again and again from a small process that does nothing else: what starting it costs at least. */
export async function spawnBarely(argv: readonly string[], count: number): Promise<BareSpawns> {
  const program = join(import.meta.dirname, '../programs/spawnRepeatedly.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(count), ...argv]);
  return JSON.parse(stdout) as BareSpawns;
}
