import { countNewlines } from './countNewlines.ts';
import { type LogReader, withLog } from './readLog.ts';

const blockBytes = 256 * 1024;

/** How far a log goes at a moment. */
export interface LogExtent {
  /** Lines that have ended. */
  lines: number;
  /** Where the line after them begins; it may have some text already. */
  offset: number;
  /** Bytes of the whole log. */
  size: number;
}

/** How far the log goes now: found by its index, without reading it. A log that does not exist has nothing. */
export async function readLogExtent(path: string): Promise<LogExtent> {
  return withLog(path, { lines: 0, offset: 0, size: 0 }, async (log) => {
    const size = await log.size();
    const last = await scan(log, await log.placeAt(size), size, Number.POSITIVE_INFINITY);
    // A long last line began before what the index knows of last.
    const begin = last.begun ? last : await scan(log, await log.placeBefore(last.line), size, last.line);
    return { lines: begin.line - 1, offset: begin.offset, size };
  });
}

interface Place {
  offset: number;
  line: number;
}

/** Counts on from a place to where the last line before `end`, or line `upTo`, begins: if a line does begin there. */
async function scan(
  log: LogReader,
  from: Place,
  end: number,
  upTo: number,
): Promise<Place & { begun: boolean }> {
  let { offset, line } = from;
  let begun = offset === 0;
  for (let at = offset; at < end && line < upTo; ) {
    const block = await log.read(at, Math.min(blockBytes, end - at));
    if (block.length === 0) break;
    const newlines = Math.min(countNewlines(block), upTo - line);
    if (newlines > 0) {
      offset = at + (line + newlines === upTo ? placeOfNewline(block, newlines) : block.lastIndexOf(10)) + 1;
      line += newlines;
      begun = true;
    }
    at += block.length;
  }
  return { offset, line, begun };
}

function placeOfNewline(block: Buffer, count: number): number {
  let place = -1;
  for (let found = 0; found < count; found += 1) place = block.indexOf(10, place + 1);
  return place;
}
