import type { Lines } from './lines.ts';
import type { Located, Range } from './source.ts';

/** Where a part of a scalar's value is written in the file, past quotes, escapes, folds and indentation. */
export function placeInScalar(lines: Lines, scalar: Located<string>, offset: number, length: number): Range {
  const find = sourceFinder(lines.text, lines.offset(scalar.at.start), scalar.value);
  const start = find(offset);
  return lines.range(start, Math.max(start + 1, find(offset + length - 1) + 1));
}

/** Answers the offset in the file of an offset in the value. */
function sourceFinder(text: string, start: number, value: string): (offset: number) => number {
  const style = text[start] ?? '';
  const isBlock = style === '|' || style === '>';
  const isQuoted = style === '"' || style === "'";
  const first = isBlock ? text.indexOf('\n', start) + 1 : isQuoted ? start + 1 : start;
  return (offset) => {
    let at = first;
    for (let index = 0; index <= offset && index < value.length; index += 1) {
      at = skipTo(text, at, value[index] ?? '', style);
      if (index === offset) return at;
      at += lengthOf(text, at, style);
    }
    return at;
  };
}

/** Past the indentation and folds that the value does not have. */
function skipTo(text: string, from: number, character: string, style: string): number {
  let at = from;
  if (/\s/.test(character)) return text[at] === '\r' ? at + 1 : at;
  for (;;) {
    if (/\s/.test(text[at] ?? '')) at += 1;
    else if (style === '"' && text[at] === '\\' && /[\r\n]/.test(text[at + 1] ?? '')) at += 2;
    else return at;
  }
}

/** How many characters stand for one of the value. */
function lengthOf(text: string, at: number, style: string): number {
  if (style === "'" && text.startsWith("''", at)) return 2;
  if (style !== '"' || text[at] !== '\\') return 1;
  const escaped = text[at + 1] ?? '';
  return { x: 4, u: 6, U: 10 }[escaped] ?? 2;
}
