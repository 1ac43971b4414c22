import { AppError } from '../../../platform/errors.ts';
import { isSha, refNameProblem } from '../../../platform/git/index.ts';
import { textAt } from '../json.ts';
import type { Meaning, Pushed } from './meaning.ts';

/** What a payload has at a path. Throws `invalid_input` with the path when there is nothing. */
export function required<Value>(
  read: (value: unknown, ...path: string[]) => Value | undefined,
  payload: unknown,
  ...path: string[]
): Value {
  const found = read(payload, ...path);
  if (found !== undefined) return found;
  throw new AppError('invalid_input', `the payload has no ${path.join('.')}`);
}

/** A full sha. It becomes an argument of git. */
export function requiredSha(payload: unknown, ...path: string[]): string {
  const sha = required(textAt, payload, ...path);
  if (isSha(sha)) return sha;
  throw new AppError('invalid_input', `${path.join('.')} of the payload is no sha of a commit`);
}

/** A branch, in full. It becomes an argument of git. */
export function requiredBranch(payload: unknown, ...path: string[]): string {
  const ref = required(textAt, payload, ...path);
  if (ref.startsWith('refs/heads/') && refNameProblem(ref) === null) return ref;
  throw new AppError('invalid_input', `${path.join('.')} of the payload is no branch`);
}

/** Becomes part of the name of a ref. */
export function changeNumber(number: number): number {
  if (Number.isSafeInteger(number) && number > 0 && number < 1e9) return number;
  throw new AppError('invalid_input', 'the payload has no number of a pull request');
}

/** The moment that a payload names in whatever way; the beginning of time when it names none. */
export function momentOf(text: string | undefined): Date {
  const at = new Date(text ?? 0);
  return Number.isNaN(at.getTime()) ? new Date(0) : at;
}

/** Of a ref that is gone there is no commit to tell who pushed it. */
export function pushOf(payload: unknown, sender: string | undefined): Meaning {
  const ref = required(textAt, payload, 'ref');
  const after = textAt(payload, 'after') ?? '';
  const isThere = isSha(after) && !/^0+$/.test(after);
  const pushed: Pushed | undefined =
    isThere && sender !== undefined ? { ref, sha: after, sender } : undefined;
  const summary = `${ref.slice(0, 300)} ${isThere ? `at ${after.slice(0, 8)}` : 'is gone'}`;
  return { kind: 'push', pushed, summary };
}
