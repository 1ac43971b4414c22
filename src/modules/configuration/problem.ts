import { type Located, type Place, pathOf } from './located.ts';
import { shortened } from './shown.ts';

/** One thing that is wrong in a file, and where. `line` and `column` count from 1. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** The setting, as `apps.web.steps[0].run`; empty for the file as a whole. */
  path: string;
  message: string;
}

/** `slipway.yml:12:5 message`, as editors and terminals make it clickable. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message}`;
}

/** A problem before its offset became a line: what the checks produce. */
export interface Finding {
  offset: number;
  path: string;
  message: string;
  /** What it is about; null for the file as a whole. */
  subject: Located | null;
  /** Where the other place is that the message speaks of; its line ends the message. */
  otherOffset?: number;
}

/** Something is wrong with a value; `other` is what it does not agree with. */
export function atValue(located: Located, message: string, other?: Located): Finding {
  return findingAt(located, located.offset, message, other);
}

/** Something is wrong with a key, or with what stands under it as a whole. */
export function atKey(located: Located, message: string, other?: Located): Finding {
  return findingAt(located, located.keyOffset, message, other);
}

/** Something is wrong with the file from this offset on. */
export function inText(offset: number, message: string): Finding {
  return { offset, path: '', message, subject: null };
}

function findingAt(located: Located, offset: number, message: string, other: Located | undefined): Finding {
  const finding = { offset, path: pathText(pathOf(located)), message, subject: located };
  return other === undefined ? finding : { ...finding, otherOffset: other.keyOffset };
}

/** `apps.web.steps[0]`, as a person would write it. */
export function pathText(path: readonly Place[]): string {
  return path
    .map((place) => (typeof place === 'number' ? `[${place}]` : `.${shortened(place)}`))
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
