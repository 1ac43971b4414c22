import type { FinalState } from '../../../contract/deploys.ts';
import { endMark, stepMark, verifyMark } from '../../../contract/logMarks.ts';
import type { LogOutline } from '../../../contract/watching.ts';
import { plainText } from '../../lib/ansi/index.ts';
import type { LineRange } from './logLayout.ts';

/** A part of a log: a step, the verification, or how it ended. */
export type Section = LogOutline['sections'][number];

/** What can be folded: a section that has lines below its first. */
export interface Fold extends LineRange {
  readonly section: Section;
}

const finalStates: readonly FinalState[] = ['succeeded', 'failed', 'cancelled'];

/** Recognises the line with which a section begins, among those that come in while one follows. */
export function createMarkReader(name: string, steps: readonly { position: number; name: string }[]) {
  const ends = finalStates.map((state) => endMark(name, state));

  return function read(
    line: { number: number; text: string },
    known: readonly Section[],
  ): Section | undefined {
    // Slipway's own lines are bold; all others are not looked at any further.
    if (!line.text.startsWith('\u001b[1m')) return undefined;
    const text = plainText(line.text);
    const { number } = line;
    if (ends.some((end) => text.startsWith(end))) return { kind: 'end', position: null, line: number };
    if (known.some((section) => section.kind !== 'step')) return undefined;
    if (text.startsWith(verifyMark)) return { kind: 'verification', position: null, line: number };
    const next = known.reduce((last, { position }) => Math.max(last, position ?? 0), 0) + 1;
    const step = steps.find(({ position }) => position === next);
    const begins = step !== undefined && text.startsWith(stepMark(step.position, steps.length, step.name));
    return begins ? { kind: 'step', position: next, line: number } : undefined;
  };
}

const jobMark = /^▸ step (\d{1,6}) /;

/** Recognises the line with which a step of a job begins: its number is greater than all before. */
export function readJobMark(
  { number, text }: { number: number; text: string },
  known: readonly Section[],
): Section | undefined {
  if (!text.startsWith('\u001b[1m')) return undefined;
  const position = Number(jobMark.exec(plainText(text))?.[1] ?? 0);
  const last = known.at(-1)?.position ?? 0;
  return position > last ? { kind: 'step', position, line: number } : undefined;
}

/** What can be folded in a log of so many lines. */
export function foldsOf(sections: readonly Section[], lines: number): Fold[] {
  return sections.flatMap((section, index) => {
    const to = (sections[index + 1]?.line ?? lines + 1) - 1;
    return section.kind === 'end' || to <= section.line ? [] : [{ section, from: section.line + 1, to }];
  });
}

/** The section in which a line is; undefined before the first. */
export const sectionAt = (sections: readonly Section[], line: number): Section | undefined =>
  sections.findLast((section) => section.line <= line);
