import { ApiError } from '../../../../contract/client.ts';

/** A place in a file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Why a file was refused: each problem with its place, and the references whose values are missing. */
export interface FileRefusal {
  readonly problems: readonly (Place & { readonly message: string })[];
  /** As they are written: `${NAME}`. */
  readonly unresolved: readonly string[];
}

/** What the server said about the file; undefined when its answer was about something else. */
export function fileRefusal(error: Error | null): FileRefusal | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { problems, unresolved } = error.problem.details;
  // Of a request that makes no sense the problems have no places.
  if (!Array.isArray(problems) || !problems.every(isProblem) || problems.length === 0) return undefined;
  return {
    problems,
    unresolved: Array.isArray(unresolved) ? unresolved.filter((one) => typeof one === 'string') : [],
  };
}

function isProblem(value: unknown): value is FileRefusal['problems'][number] {
  if (typeof value !== 'object' || value === null) return false;
  const { line, column, message } = value as Record<string, unknown>;
  return typeof line === 'number' && typeof column === 'number' && typeof message === 'string';
}

/** Whether nothing is wrong with the file but that its references stand for nothing yet: then there is only to ask. */
export function isOnlyIncomplete({ problems, unresolved }: FileRefusal): boolean {
  const names = unresolved.map((reference) => reference.slice(2, -1).replace(/^file:/, ''));
  return problems.every(
    ({ message }) =>
      /, which (is not set|cannot be read)$/.test(message) &&
      names.some((name) => message.includes(`\`${name}\``)),
  );
}

/** The offset of a place in a text; its end for a place behind it. */
export function offsetOf(text: string, { line, column }: Place): number {
  let begin = 0;
  for (let before = 1; before < line; before++) {
    const end = text.indexOf('\n', begin);
    if (end === -1) return text.length;
    begin = end + 1;
  }
  return Math.min(text.length, begin + column - 1);
}
