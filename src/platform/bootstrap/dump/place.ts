/** Where something stands in a file; both count from 1, columns in characters. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export const firstPlace: Place = { line: 1, column: 1 };

const lineFeed = 10;

/** The place that is reached after `bytes`, which begin at `place`. */
export function placeAfter(place: Place, bytes: Uint8Array): Place {
  let lines = 0;
  let lineStart = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== lineFeed) continue;
    lines += 1;
    lineStart = at + 1;
  }
  const column = (lines === 0 ? place.column : 1) + countCharacters(bytes, lineStart);
  return { line: place.line + lines, column };
}

/** In UTF-8 every character has one byte that does not continue another. */
function countCharacters(bytes: Uint8Array, from: number): number {
  let count = 0;
  for (let at = from; at < bytes.length; at += 1) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) count += 1;
  return count;
}
