import { CommanderError } from 'commander';
import { ApiError, UnreachableError } from '../contract/client.ts';
import { type ErrorCode, httpStatusOf, type Problem } from '../contract/problem.ts';
import { AppError } from '../platform/errors.ts';

/** Somebody pressed Ctrl-C, or said no. */
export class Interrupted extends Error {
  constructor(message = '') {
    super(message);
    this.name = 'Interrupted';
  }
}

/** Any error as a problem; undefined for one that no part of Slipway throws: a fault of the program. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ApiError) return error.problem;
  if (error instanceof AppError) return problem(error.code, error.message, error.details);
  if (error instanceof UnreachableError) return problem('unavailable', error.message, {});
  if (error instanceof CommanderError) {
    return problem('invalid_input', error.message.replace(/^error: /, '').replaceAll('\n', ' '), {});
  }
  return undefined;
}

/** What it says to people, who have typed arguments and options: they know nothing of the parts of a request. */
export function detailOf({ detail }: Problem): string {
  return detail.replaceAll(/(?<=^|; |\n)(?:body|query|path)\.(?=[\w.-]+: )/g, '');
}

function problem(code: ErrorCode, detail: string, details: Record<string, unknown>): Problem {
  return { status: httpStatusOf[code], code, title: titles[code] ?? '', detail, request_id: '', details };
}

const titles: Partial<Record<ErrorCode, string>> = {
  invalid_input: 'Invalid input',
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Conflict',
  upstream_failed: 'Another system failed',
  unavailable: 'Not reachable',
};
