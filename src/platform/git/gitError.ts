import { AppError } from '../errors.ts';
import { redact } from './redact.ts';

export type GitFailure = {
  args: readonly string[];
  place: string | undefined;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
  stopped?: 'timeout' | 'too_large';
  secrets?: readonly string[];
};

/** A git command that failed. Everything readable in it is free of credentials. */
export class GitError extends AppError {
  /** Null when a signal ended git. */
  readonly exitCode: number | null;
  /** What git wrote to stderr, progress lines removed. */
  readonly stderr: string;
  /** Set when it was Slipway that ended git: at its time limit, or because it wrote too much. */
  readonly stopped: 'timeout' | 'too_large' | undefined;

  constructor(failure: GitFailure, options?: ErrorOptions) {
    const stderr = redact(withoutProgress(failure.stderr), failure.secrets);
    super('internal', redact(describe(failure, stderr), failure.secrets), {}, options);
    this.name = 'GitError';
    this.exitCode = failure.exitCode;
    this.stderr = stderr;
    this.stopped = failure.stopped;
  }
}

function describe({ args, place, exitCode, signal, stopped }: GitFailure, stderr: string): string {
  const command = `git ${args[0] ?? ''}`.trim();
  const where = place === undefined ? '' : ` in ${place}`;
  if (stopped === 'timeout') return `${command}${where} did not end within its time limit`;
  if (stopped === 'too_large') return `${command}${where} wrote more than its limit allows`;
  const how = signal === null ? `exit ${exitCode}` : signal;
  return `${command} failed${where} (${how}): ${stderr === '' ? 'it gave no reason' : stderr}`;
}

/** Progress is rewritten in place with carriage returns; what is left are the lines meant to stay. */
function withoutProgress(stderr: string): string {
  return stderr
    .split(/\r?\n/)
    .map((line) => line.slice(line.lastIndexOf('\r') + 1).trimEnd())
    .filter((line) => line !== '' && !/^(remote: )?[A-Z][A-Za-z ]+: +\d+(% |, done)/.test(line))
    .join('\n');
}
