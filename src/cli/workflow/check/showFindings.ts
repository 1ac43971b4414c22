import { type Finding, readLines } from '../../../workflows/language/index.ts';
import type { Output } from '../../output/output.ts';
import { plainLine, plainText } from '../../output/plainText.ts';
import { displayWidth } from '../../output/width.ts';

/** A file that was checked, and what was found in it. */
export interface CheckedFile {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** So much of a long line is shown around a finding. */
const contextLength = 100;

/** Findings as compilers show them: place and message, the line, and what of it is meant. */
export function showFindings(out: Output, { text, findings }: CheckedFile): void {
  const lines = readLines(text.replace(/^\uFEFF/, ''));
  for (const finding of findings) {
    const { line, column } = finding.at.start;
    const isError = finding.severity === 'error';
    const place = out.paint('bold', plainLine(`${finding.file}:${line}:${column}:`));
    const severity = out.paint(isError ? ['bold', 'red'] : ['bold', 'yellow'], `${finding.severity}:`);
    out.line(`${place} ${severity} ${plainLine(finding.message)} ${out.paint('dim', `[${finding.rule}]`)}`);
    for (const row of excerpt(lines.line(line), finding, out)) out.line(row);
  }
}

function excerpt(source: string, { at, severity }: Finding, out: Output): string[] {
  if (source === '') return [];
  const begin = Math.max(0, at.start.column - 1 - contextLength);
  const shown = plainText(source.slice(begin, begin + 2 * contextLength)).replaceAll('\n', ' ');
  const before = source.slice(begin, at.start.column - 1);
  const end = at.end.line === at.start.line ? at.end.column - 1 : source.trimEnd().length;
  const marked = source.slice(
    at.start.column - 1,
    Math.min(Math.max(end, at.start.column), begin + 2 * contextLength),
  );
  const number = String(at.start.line);
  const caret = '^'.repeat(Math.max(1, widthOf(marked)));
  const colour = severity === 'error' ? 'red' : 'yellow';
  return [
    `${out.paint('dim', `${number.padStart(5)} |`)} ${shown}`,
    `${out.paint('dim', `${' '.repeat(5)} |`)} ${blank(before)}${out.paint(colour, caret)}`,
  ];
}

/** Spaces that take as much place as a text; a tab stays one, as wide as it is above. */
function blank(text: string): string {
  return text
    .split('\t')
    .map((part) => ' '.repeat(widthOf(part)))
    .join('\t');
}

const widthOf = (text: string): number => displayWidth(plainText(text).replaceAll('\t', ' '));
