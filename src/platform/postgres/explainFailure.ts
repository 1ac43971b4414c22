import { AppError } from '../errors.ts';
import { diskFull, notPermitted, readOnly } from '../instance/dataDirectoryError.ts';
import { lockedExitCode } from './clusterLock.ts';
import type { ProgramEnd } from './runProgram.ts';

/** Turns the end of initdb or postgres into an error that says what happened and what to do. */
export function explainFailure(what: string, dataDir: string, end: ProgramEnd): AppError {
  const output = end.lines.join('\n');
  return new AppError('unavailable', `${what}: ${explain(output, dataDir, end)}`, { dataDir, output });
}

function explain(output: string, dataDir: string, end: ProgramEnd): string {
  if (end.code === lockedExitCode) {
    return `another PostgreSQL still runs on ${dataDir}, perhaps in another container. Stop it, or set SLIPWAY_DATA_DIR to another directory`;
  }
  const known = explanations.find(([pattern]) => pattern.test(output));
  return known ? known[1](dataDir) : `${endingOf(end)}${lastError(end)}`;
}

const explanations: [RegExp, (dataDir: string) => string][] = [
  [
    /shared memory segment.*No space left on device/,
    () => 'shared memory (/dev/shm) is full. Free some or enlarge it (container: --shm-size=256m)',
  ],
  [/No space left on device|Disk quota exceeded/, diskFull],
  [/Read-only file system/, readOnly],
  [
    /setpriv: .*(Operation not permitted|Invalid argument)/,
    () =>
      'this root may not change to an unprivileged user, which PostgreSQL requires. Run Slipway as an ordinary user',
  ],
  [/data directory ".*" has wrong ownership|Permission denied|Operation not permitted/, notPermitted],
  [
    /Cannot allocate memory|out of memory/i,
    () => 'there is not enough memory. PostgreSQL needs about 150 MB',
  ],
];

function endingOf({ code, signal }: ProgramEnd): string {
  return signal ? `it was ended by ${signal}` : `it exited with code ${code}`;
}

function lastError({ lines }: ProgramEnd): string {
  const line = lines.findLast((text) => /(FATAL|PANIC|error):/i.test(text)) ?? lines.at(-1);
  return line === undefined ? '' : ` (${line.replace(/^.*?(FATAL|PANIC|error):\s*/i, '')})`;
}
