import type { ErrorCode } from '../contract/problem.ts';

export type { ErrorCode };

/** Facts for a machine that go with the message, such as the place in a file or the id of what exists. */
export type ErrorDetails = Record<string, unknown>;

/**
 * The one error that crosses module borders. `message` is written for the person who caused it:
 * what happened, where, and what to do next.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** The `never` default of a switch: fails to compile when a case is missing, and throws if data lied. */
export function assertNever(value: never): never {
  throw new AppError('internal', `unexpected value ${JSON.stringify(value)}`);
}

/** The `code` of a Node or PostgreSQL error (`ENOENT`, `23505`), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
