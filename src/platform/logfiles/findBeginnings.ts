import { countNewlines } from './countNewlines.ts';
import { type LogReader, withLog } from './readLog.ts';

const blockBytes = 1024 * 1024;

/**
 * The numbers of the first lines that begin with each of `texts`, one after the other: a text is looked for behind
 * the line of the one before it. Undefined for one that is not there, and for those after it. Streams the log;
 * stops with the signal's reason when it is aborted.
 */
export async function findBeginnings(
  path: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<(number | undefined)[]> {
  const found = texts.length === 0 ? [] : await withLog(path, [], (log) => scan(log, texts, signal));
  return texts.map((_, index) => found[index]);
}

/** What is looked for begins with the line feed of the line before; the first line has none and is looked at apart. */
async function scan(log: LogReader, texts: readonly string[], signal: AbortSignal): Promise<number[]> {
  const needles = texts.map((text) => Buffer.from(`\n${text}`));
  const longest = Math.max(...needles.map((needle) => needle.length));
  const found: number[] = [];
  if (await beginsWith(log, needles[0])) found.push(1);
  let line = 1;
  for (let at = 0; ; ) {
    signal.throwIfAborted();
    const block = await log.read(at, blockBytes);
    // A hit may begin in the last bytes of a block and end in the next one, which therefore repeats them.
    const isLast = block.length < blockBytes;
    const end = isLast ? block.length : block.length - longest + 1;
    let counted = 0;
    for (let needle = needles[found.length]; needle !== undefined; needle = needles[found.length]) {
      const hit = block.indexOf(needle, counted);
      if (hit === -1 || hit >= end) break;
      line += countNewlines(block.subarray(counted, hit + 1));
      counted = hit + 1;
      found.push(line);
    }
    if (isLast || found.length === needles.length) return found;
    line += countNewlines(block.subarray(counted, end));
    at += end;
  }
}

async function beginsWith(log: LogReader, needle: Buffer | undefined): Promise<boolean> {
  if (needle === undefined) return false;
  return (await log.read(0, needle.length - 1)).equals(needle.subarray(1));
}
