import { constants } from 'node:os';

/** How a process ended. */
export type Exit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string };

/** What an exit code or a signal means, in words. `tail` is the end of what was written, which may name a culprit. */
export function describeExit(exit: Exit, tail: string): string {
  if (exit.kind === 'signalled') return `ended by ${exit.signal}${meaningOf(exit.signal)}`;
  const meaning = meaningOfCode(exit.code, tail);
  return meaning === null ? `exit code ${exit.code}` : `exit code ${exit.code}: ${meaning}`;
}

const signalMeanings: Readonly<Record<string, string>> = {
  SIGKILL: 'killed, or out of memory',
  SIGSEGV: 'it used memory that is not its own',
  SIGBUS: 'it used memory that is not there',
  SIGABRT: 'it gave itself up',
  SIGILL: 'it came to an instruction that this processor does not know',
  SIGFPE: 'it divided by zero, or the like',
  SIGPIPE: 'it wrote to a pipe that nobody reads',
  SIGXFSZ: 'it wrote a file larger than it may',
  SIGXCPU: 'it used more processor time than it may',
  SIGTERM: 'somebody asked it to end',
  SIGINT: 'somebody interrupted it',
};

function meaningOf(signal: string): string {
  const meaning = signalMeanings[signal];
  return meaning === undefined ? '' : `: ${meaning}`;
}

function meaningOfCode(code: number, tail: string): string | null {
  if (code === 124) return 'a time limit set by `timeout`';
  if (code === 126)
    return named('a command could not be executed', tail, /([^\s:]+): (?:Permission denied|cannot execute)/g);
  if (code === 127) return named('command not found', tail, /(?:^|[\s:])([^\s:]+): (?:command )?not found/gm);
  const signal = Object.entries(constants.signals).find(([, number]) => number + 128 === code)?.[0];
  return signal === undefined ? null : (signalMeanings[signal] ?? `ended by ${signal}`);
}

function named(what: string, tail: string, pattern: RegExp): string {
  const name = [...tail.matchAll(pattern)].at(-1)?.[1];
  return name === undefined ? what : `${what}: ${name}`;
}
