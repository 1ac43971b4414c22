import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Annotation } from '../../run/events.ts';
import type { CommandState } from './commandState.ts';
import type { Problem } from './problemMatcher.ts';

/** Longer lines are shown without looking for problems in them: an expression may take its time. */
const longestMatchedLine = 8 * 1024;

type FoundProblem = Pick<Annotation, 'level' | 'message' | 'file' | 'line' | 'column'>;

/** The problem that a line completes, by the matchers of the job, or null. */
export function findProblem(state: CommandState, line: string): FoundProblem | null {
  if (line.length > longestMatchedLine) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const stripped = line.includes('\u001b') ? line.replaceAll(/\u001b\[(?:\d+(?:;\d+)*)?m?/g, '') : line;
  for (const matcher of state.matchers) {
    const problem = matcher.match(stripped);
    if (problem === null) continue;
    for (const other of state.matchers) if (other !== matcher) other.reset();
    return annotationOfProblem(problem, state);
  }
  return null;
}

function annotationOfProblem(problem: Problem, state: CommandState): FoundProblem | null {
  const level = problem.severity.toLowerCase();
  if (problem.message === '' || (level !== 'error' && level !== 'warning' && level !== 'notice')) return null;
  const number = (text: string | null) => (text !== null && /^\d+$/.test(text) ? Number(text) : null);
  const file = problem.file === null ? null : fileInWorkspace(problem.file, problem.fromPath, state);
  return {
    level,
    message: problem.message,
    file,
    line: number(problem.line),
    column: number(problem.column),
  };
}

/** Relative to the workspace; null if it is not there. */
function fileInWorkspace(
  file: string,
  fromPath: string | null,
  { workspace, outside }: CommandState,
): string | null {
  const base = fromPath === null ? workspace : resolve(workspace, fromPath, '..');
  const path = resolve(base, file);
  const inside = relative(workspace, path);
  if (inside.startsWith('..') || isAbsolute(inside) || !existsSync(outside(path))) return null;
  return inside;
}
