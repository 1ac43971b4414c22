import { type Located, type Place, pathOf } from './located.ts';

/** One thing that is wrong in a file, and where. `line` and `column` count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** The setting, as `apps.web.steps[0].run`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** `slipway.yml:12:5: message`, as editors and terminals make it clickable. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;
}

/** A problem before its offset became a line: what the checks produce. */
export interface Finding {
  offset: number;
  path: string;
  message: string;
}

/** Something is wrong with a value. */
export function atValue(located: Located, message: string): Finding {
  return { offset: located.offset, path: pathText(pathOf(located)), message };
}

/** Something is wrong with a key, or with what stands under it as a whole. */
export function atKey(located: Located, message: string): Finding {
  return { offset: located.keyOffset, path: pathText(pathOf(located)), message };
}

/** `apps.web.steps[0]`, as a person would write it. */
export function pathText(path: readonly Place[]): string {
  return path
    .map((place) => (typeof place === 'number' ? `[${place}]` : `.${place}`))
    .join('')
    .replace(/^\./, '');
}

/** In the order of the file, and each once: what an alias repeats is still one mistake. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of findings) {
    const identity = `${finding.offset} ${finding.message}`;
    if (!unique.has(identity)) unique.set(identity, finding);
  }
  return [...unique.values()].sort((a, b) => a.offset - b.offset);
}
