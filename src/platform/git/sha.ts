import { AppError } from '../errors.ts';

/** True for a full object name: 40 hex digits (SHA-1) or 64 (SHA-256), lower case. */
export function isSha(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** Refuses anything but a full sha, so that it can never act as an option or a revision expression. */
export function assertSha(text: string): void {
  if (isSha(text)) return;
  throw new AppError(
    'invalid_input',
    `${JSON.stringify(text)} is not a full commit sha; resolve the ref first`,
  );
}

/** What the screens and the CLI show of a sha. Fixed, so that it can be compared and stored. */
export function shortSha(sha: string): string {
  return sha.slice(0, 10);
}

/** The error of an operation on a commit that force-pushes and gc have removed, or that never was there. */
export function commitMissing(sha: string, repository: string, options?: ErrorOptions): AppError {
  return new AppError(
    'not_found',
    `commit ${shortSha(sha)} is no longer in repository ${repository}; push a branch or tag that contains it, or choose another commit`,
    { sha },
    options,
  );
}
