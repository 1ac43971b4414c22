import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type ErrorCode, httpStatusOf, type Problem } from '../../contract/problem.ts';
import { AppError, type ErrorDetails, systemCode } from '../errors.ts';

/** Answers any error as a problem body. What is not an AppError is logged whole and told with its request id only. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = failureOf(error, request);
  const status = httpStatusOf[failure.code];
  const problem: Problem = {
    status,
    code: failure.code,
    title: titleOf[failure.code],
    detail: failure.message,
    request_id: request.id,
    details: failure.details,
  };
  const retryAfter = failure.details.retry_after_seconds;
  if (typeof retryAfter === 'number') reply.header('retry-after', String(Math.ceil(retryAfter)));
  return reply.code(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** What to tell of any error. What is not an AppError, and nobody expects, is logged whole. */
export function failureOf(error: unknown, request: FastifyRequest): AppError {
  const known = asAppError(error);
  if (known !== undefined) return known;
  request.log.error({ err: error }, 'request failed');
  return new AppError('internal', `something went wrong inside Slipway; its log has request ${request.id}`);
}

const titleOf: Record<ErrorCode, string> = {
  invalid_input: 'Invalid input',
  unauthenticated: 'Not signed in',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Conflict',
  invalid_transition: 'Not possible in this state',
  payload_too_large: 'Too large',
  gate_blocked: 'Blocked by a gate',
  locked: 'Locked',
  rate_limited: 'Too many attempts',
  upstream_failed: 'Another system failed',
  unavailable: 'Not available right now',
  internal: 'Internal error',
};

function asAppError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  return fromFastify(error) ?? fromDatabase(error);
}

function fromFastify(error: unknown): AppError | undefined {
  const status = (error as FastifyError | undefined)?.statusCode;
  if (status === 413) return new AppError('payload_too_large', 'the request body is larger than 2 MiB');
  if (status === 415) return new AppError('invalid_input', 'send the body as application/json');
  if (status === 414) return new AppError('invalid_input', 'a part of the path has more than 300 characters');
  if (status === 400) return new AppError('invalid_input', (error as Error).message);
  return undefined;
}

function fromDatabase(error: unknown): AppError | undefined {
  const code = systemCode(error);
  if (code === '53100' || code === 'ENOSPC') {
    return unavailable('the disk of Slipway is full; free space and try again', {}, error);
  }
  if (code === '40P01') {
    const message = 'somebody else changed the same things at the same moment; try again';
    return unavailable(message, { retry_after_seconds: 1 }, error);
  }
  if (code === '23503' && isOfRepository(error))
    return new AppError('not_found', 'its repository was deleted at this moment', {}, { cause: error });
  if (!isAway(error, code)) return undefined;
  const message = 'the database cannot be reached right now; try again in a moment';
  return unavailable(message, { retry_after_seconds: 2 }, error);
}

/** What was to be written refers to a repository that was there when it was looked up. */
const isOfRepository = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && String(error.constraint).endsWith('_repository_id_fkey');

const unavailable = (message: string, details: ErrorDetails, cause: unknown): AppError =>
  new AppError('unavailable', message, details, { cause });

/** Codes of Node, and of PostgreSQL (appendix A of its manual), for a connection that is not to be had. */
const awayCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'],
  ...['25P03', '53300', '57P01', '57P02', '57P03'],
]);

function isAway(error: unknown, code: string | undefined): boolean {
  if (!(error instanceof Error)) return false;
  if (/Connection terminated|timeout exceeded when trying to connect/.test(error.message)) return true;
  // A file that is missing is no database that is missing, though both are ENOENT.
  const isOfFile = 'path' in error && (!('syscall' in error) || error.syscall !== 'connect');
  return code !== undefined && awayCodes.has(code) && !isOfFile;
}

/** The first few validation problems, each with the place where it stands. */
export function firstProblems(part: string, error: z.ZodError): { where: string; message: string }[] {
  return error.issues.slice(0, 20).map((issue) => ({
    where: [part, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }));
}
