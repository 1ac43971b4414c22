/** Where the data of a COPY end in `bytes`, or how many of these are data for certain. */
export type DataEnd = { readonly data: number; readonly endOfLine: number } | { readonly data: number };

const lineFeed = 10;
const carriageReturn = 13;
const mark = '\\.';

/**
 * Looks for the line `\.`, which ends data of every format (psql's handleCopyIn, src/bin/psql/copy.c). `bytes` begin
 * at the start of a line when `atLineStart`.
 */
export function findEndOfData(bytes: Buffer, atLineStart: boolean, isLast: boolean): DataEnd {
  for (let at = atLineStart ? 0 : nextLine(bytes, 0); at >= 0; at = nextLine(bytes, at)) {
    const endOfLine = endOfMark(bytes, at, isLast);
    if (endOfLine === 'more') return { data: at };
    if (endOfLine !== 'none') return { data: at, endOfLine };
  }
  return { data: isLast ? bytes.length : lengthBeforePossibleMark(bytes, atLineStart) };
}

/** The start of the next line after `at` that begins like the mark, or -1. */
function nextLine(bytes: Buffer, at: number): number {
  const found = bytes.indexOf(`\n${mark}`, at, 'latin1');
  return found < 0 ? -1 : found + 1;
}

/** The end of the line when it is the mark and nothing else; at the end of the file its line feed may be missing. */
function endOfMark(bytes: Buffer, at: number, isLast: boolean): number | 'none' | 'more' {
  const begins = bytes.toString('latin1', at, at + mark.length);
  if (!mark.startsWith(begins) || (isLast && begins !== mark)) return 'none';
  if (begins !== mark) return 'more';
  const next = at + mark.length;
  const end = bytes[next] === carriageReturn ? next + 1 : next;
  if (end === bytes.length) return isLast ? end : 'more';
  return bytes[end] === lineFeed ? end + 1 : 'none';
}

/** The last bytes may be the beginning of a mark: its line feed, alone or with the backslash, can be the last. */
function lengthBeforePossibleMark(bytes: Buffer, atLineStart: boolean): number {
  const last = bytes.length - 1;
  if (bytes[last] !== mark.charCodeAt(0)) return bytes.length;
  const beginsLine = last === 0 ? atLineStart : bytes[last - 1] === lineFeed;
  return beginsLine ? last : bytes.length;
}
