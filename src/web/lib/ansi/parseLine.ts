import { type AnsiStyle, applySgr, plainStyle } from './style.ts';

/** Some text of one style. */
export interface Segment {
  readonly text: string;
  readonly style: AnsiStyle;
}

export interface ParsedLine {
  readonly segments: readonly Segment[];
  /** How the next line begins. */
  readonly end: AnsiStyle;
}

// What a terminal obeys (ECMA-48): control sequences, whose parameters and last character are kept; strings such as
// titles and links up to their end; two-character ones; a sequence that its line cuts off; and single controls.
const obeyed =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /(?:\u001b\[|\u009b)([0-?]*)[ -/]*([@-~])|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|(?:\u001b\[|\u009b)[0-?]*[ -/]*$|\u001b[ -/]*[0-~]?|[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const mayObey = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;

/**
 * One line of a terminal's output, without its line feed, as text with styles, beginning in the style in which the
 * line before it ended. A carriage return begins the line anew: what it overwrites is not shown.
 */
export function parseLine(line: string, start: AnsiStyle = plainStyle): ParsedLine {
  if (!mayObey.test(line)) return { segments: line === '' ? [] : [{ text: line, style: start }], end: start };
  const kept = afterReturns(line);
  let style = kept === line ? start : styleAfter(line.slice(0, line.length - kept.length), start);
  const segments: Segment[] = [];
  let done = 0;
  const add = (end: number) => {
    const text = kept.slice(done, end);
    const last = segments.at(-1);
    if (text === '') return;
    if (last?.style === style) segments[segments.length - 1] = { text: last.text + text, style };
    else segments.push({ text, style });
  };
  for (const found of kept.matchAll(obeyed)) {
    add(found.index);
    done = found.index + found[0].length;
    if (found[2] === 'm') style = applySgr(style, found[1] ?? '');
  }
  add(kept.length);
  return { segments, end: style };
}

/** What is left of a line when the text before its carriage returns was overwritten by what follows them. */
function afterReturns(line: string): string {
  const end = line.replace(/\r+$/, '');
  return end.slice(end.lastIndexOf('\r') + 1);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
const sgr = /(?:\u001b\[|\u009b)([\d;:]*)m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const endsInReset = /\u001b\[0?m[^\u001b\u009b]*$/;

/** The style in which a line ends that begins in `start`. */
export function styleAfter(line: string, start: AnsiStyle): AnsiStyle {
  if (!line.includes('\u001b[') && !line.includes('\u009b')) return start;
  // Most lines of colour end without one.
  if (endsInReset.test(line.slice(line.lastIndexOf('\u001b')))) return plainStyle;
  let style = start;
  for (const found of line.matchAll(sgr)) style = applySgr(style, found[1] ?? '');
  return style;
}

/** What a line says, without how. */
export const plainText = (line: string): string =>
  parseLine(line)
    .segments.map((segment) => segment.text)
    .join('');
