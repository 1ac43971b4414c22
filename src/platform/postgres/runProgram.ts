import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setprivMissing } from './launcher.ts';

/** How a program ended, with the last lines that it wrote. */
export interface ProgramEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  lines: string[];
}

export interface RunningProgram {
  child: ChildProcess;
  /** Rejects only when the program could not be started at all. */
  ended: Promise<ProgramEnd>;
}

const keptLines = 40;

/**
 * Starts one of PostgreSQL's programs. In a session of its own, so that a Ctrl-C in the terminal reaches
 * Slipway alone and Slipway decides the order of the shutdown. Messages come in English, to be understood here.
 */
export function startProgram([file = '', ...args]: string[], log?: (line: string) => void): RunningProgram {
  const child = spawn(file, args, {
    cwd: '/',
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      log?.(line);
    });
  }
  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', (error) => reject(setprivMissing(error)));
    child.once('close', (code, signal) => resolve({ code, signal, lines }));
  });
  ended.catch(() => {}); // whoever awaits it sees the failure; a caller that gave up must not end the process
  return { child, ended };
}
