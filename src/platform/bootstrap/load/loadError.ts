import { AppError } from '../../errors.ts';
import { type Statement, textOf } from '../dump/piece.ts';
import type { Place } from '../dump/place.ts';
import type { ServerError } from './batch.ts';

const longestExcerpt = 200;

/** A statement that cannot be part of a load, or that the server refused. */
export function errorAt(file: string, { line, column }: Place, message: string, cause?: unknown): AppError {
  return new AppError(
    'invalid_input',
    `${file}:${line}:${column}: ${message}`,
    { file, line, column },
    { cause },
  );
}

/** What the server said of a statement, with the statement's first line; rows are in none of it. */
export function statementError(
  file: string,
  place: Place,
  statement: Statement,
  error: ServerError,
  extraHint?: string,
): AppError {
  const lines = [
    `${error.message} (${error.code})`,
    `statement: ${excerptOf(statement)}`,
    ...(error.detail !== undefined && !codesWithRow.has(error.code ?? '') ? [`detail: ${error.detail}`] : []),
    ...[error.hint, extraHint].filter((hint) => hint !== undefined).map((hint) => `hint: ${hint}`),
    unchanged,
  ];
  const { message, details } = errorAt(file, place, lines.join('\n  '));
  return new AppError('invalid_input', message, { ...details, sqlstate: error.code }, { cause: error });
}

export const unchanged = 'Nothing was loaded: the database is as it was';

/** The first line of a statement; of an INSERT only what comes before its values. */
function excerptOf(statement: Statement): string {
  const text = textOf(statement).toString('utf8', 0, 4 * longestExcerpt);
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  const withoutValues = /^insert\b/i.test(line) ? line.replace(/\bvalues\b.*/i, 'VALUES …') : line;
  return withoutValues.length > longestExcerpt ? `${withoutValues.slice(0, longestExcerpt)}…` : withoutValues;
}

/** Their details quote the whole row: not null, check, check option of a view. */
const codesWithRow = new Set(['23502', '23514', '44000']);

/** The line of the data at which a COPY failed, counted from 1; the server tells it in its context. */
export function lineOfData(error: ServerError): number | undefined {
  const line = /^COPY [^\n]*?, \p{L}+ (\d+)/mu.exec(error.where ?? '')?.[1];
  return line === undefined ? undefined : Number(line);
}

/** Whether an error came from the server, and not from the connection to it. */
export function isServerError(error: unknown): error is ServerError & Error {
  return (
    error instanceof Error &&
    'code' in error &&
    /^[0-9A-Z]{5}$/.test(String(error.code)) &&
    'severity' in error
  );
}

export const connectionLost = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    `the connection to PostgreSQL broke: ${cause instanceof Error ? cause.message : cause}. The server takes back what was not finished; run it again`,
    {},
    { cause },
  );
