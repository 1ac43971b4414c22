import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Annotation } from '../../run/events.ts';
import type { CommandState } from './commandState.ts';
import type { LinesAhead } from './lineMatching.ts';
import type { Problem } from './problemMatcher.ts';

type FoundProblem = Pick<Annotation, 'level' | 'message' | 'file' | 'line' | 'column'>;

export interface Findings {
  readonly problem: FoundProblem | null;
  /** Owners of the matchers that took too long, and look no more. */
  readonly removed: readonly string[];
}

/** The problem that a line completes, by the matchers of the job. */
export function findProblem(state: CommandState, ahead: LinesAhead): Findings {
  const removed: string[] = [];
  for (;;) {
    const slow = state.matching.look(
      state.matchers.flatMap(({ expressions }) => expressions),
      ahead,
    );
    if (slow === null) break;
    const [owners, others] = [true, false].map((isSlow) =>
      state.matchers.filter(({ expressions }) => expressions.includes(slow) === isSlow),
    );
    removed.push(...(owners ?? []).map(({ owner }) => owner));
    state.matchers = others ?? [];
  }
  return { problem: problemOf(state, ahead), removed };
}

function problemOf(state: CommandState, ahead: LinesAhead): FoundProblem | null {
  for (const matcher of state.matchers) {
    const problem = matcher.match((expression) => state.matching.found(expression, ahead));
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
