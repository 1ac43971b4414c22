import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { systemCode } from '../errors.ts';
import type { MainExit } from './step.ts';

/** A command that is ready to be launched, and the file descriptor that takes all its output. */
export interface Command {
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  marker: string;
  output: number;
}

/** The running processes of one step. */
export interface ProcessTree {
  /** How the main process ended. */
  readonly exited: Promise<MainExit>;
  /** Sends TERM to every process; resolves when none is left, however long that takes. */
  terminate(): Promise<void>;
  /** Kills every process; resolves when none is left, or after seconds with those that withstood. */
  kill(): Promise<number[]>;
}

export type Launched = { tree: ProcessTree } | { refused: string };

/** How long killed processes may take to vanish; only those stuck in the kernel take longer. */
export const killPatienceMs = 5_000;

/** Starts a process, or says in plain words why it cannot be started. */
export async function spawnOrExplain(
  argv: readonly string[],
  options: SpawnOptions,
): Promise<{ child: ChildProcess } | { refused: string }> {
  const [file = '', ...args] = argv;
  try {
    const child = spawn(file, args, options);
    if (child.pid !== undefined) return { child };
    const [error] = await once(child, 'error');
    return { refused: explain(file, error) };
  } catch (error) {
    return { refused: explain(file, error) };
  }
}

/** When and how a child ends. Ask right after it was started. */
export async function exitOf(child: ChildProcess): Promise<MainExit> {
  const [code, signal] = await once(child, 'exit');
  return typeof code === 'number' ? { kind: 'exited', code } : { kind: 'signalled', signal };
}

function explain(file: string, error: unknown): string {
  switch (systemCode(error)) {
    case 'E2BIG':
      return `the arguments and environment of ${file} are larger than the system allows (E2BIG)`;
    case 'EAGAIN':
    case 'ENOMEM':
      return `the system allows no more processes (${systemCode(error)}), so ${file} was not started`;
    case 'EMFILE':
    case 'ENFILE':
      return `too many files are open (${systemCode(error)}), so ${file} was not started`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
