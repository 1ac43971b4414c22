import type { Position, Range } from './source.ts';

/** The lines of a text: offsets, counted from 0, and places in them. */
export interface Lines {
  readonly text: string;
  position(offset: number): Position;
  range(start: number, end: number): Range;
  offset(position: Position): number;
  /** A line without its end; lines count from 1. */
  line(number: number): string;
}

export function readLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const startOf = (line: number) => starts[Math.min(Math.max(line, 1), starts.length) - 1] ?? 0;
  const position = (offset: number): Position => {
    const line = lineAt(starts, Math.min(offset, text.length));
    return { line, column: Math.min(offset, text.length) - startOf(line) + 1 };
  };
  return {
    text,
    position,
    range: (start, end) => ({ start: position(start), end: position(Math.max(start, end)) }),
    offset: ({ line, column }) => startOf(line) + column - 1,
    line: (number) => text.slice(startOf(number), starts[number] ?? text.length).replace(/\r?\n$/, ''),
  };
}

/** The number of the last line that starts at the offset or before it. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
