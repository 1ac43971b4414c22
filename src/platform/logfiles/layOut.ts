import { countNewlines } from './countNewlines.ts';
import type { IndexEntry } from './logIndex.ts';
import type { LogPosition } from './openLogFiles.ts';

/** A new index entry is due after so much time, or so many bytes, whichever comes first. */
const entryEveryMs = 10;
const entryEveryBytes = 256 * 1024;

const newline = Buffer.from('\n');

/** Something to append: bytes, when they were produced (ms since 1970), and whether they must begin a line. */
export interface Piece {
  bytes: Buffer;
  time: number;
  freshLine: boolean;
}

/** What to write for some pieces. */
export interface Layout {
  payload: Buffer;
  newlines: number;
  entries: IndexEntry[];
}

/** Lays pieces out from this position on. Times never go back, whatever the clock does. */
export function layOut(pieces: Piece[], position: Readonly<LogPosition>): Layout {
  const chunks: Buffer[] = [];
  const entries: IndexEntry[] = [];
  let { size: offset, line, atLineStart, lastEntry } = position;
  for (const piece of pieces) {
    const time = Math.max(piece.time, lastEntry?.time ?? 0);
    if (isDue(lastEntry, offset, time)) {
      lastEntry = { offset, time, line };
      entries.push(lastEntry);
    }
    const added = piece.freshLine && !atLineStart ? [newline, piece.bytes] : [piece.bytes];
    for (const chunk of added) {
      chunks.push(chunk);
      offset += chunk.length;
      line += countNewlines(chunk);
    }
    atLineStart = piece.bytes.at(-1) === newline[0];
  }
  const payload = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  return { payload, newlines: line - position.line, entries };
}

function isDue(last: IndexEntry | undefined, offset: number, time: number): boolean {
  return !last || time - last.time >= entryEveryMs || offset - last.offset >= entryEveryBytes;
}
