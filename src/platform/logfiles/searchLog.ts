import { AppError } from '../errors.ts';
import { countNewlines } from './countNewlines.ts';
import { type LogReader, withLog } from './readLog.ts';

const blockBytes = 1024 * 1024;
const longestTextBytes = 4096;

/**
 * Numbers of the first `limit` lines that contain `text`, exactly as written. Streams the log; stops with the
 * signal's reason when it is aborted.
 */
export async function searchLog(
  path: string,
  text: string,
  options: { limit: number; signal?: AbortSignal },
): Promise<number[]> {
  const needle = Buffer.from(text);
  if (needle.length > longestTextBytes) {
    throw new AppError('invalid_input', `the text to search for is longer than ${longestTextBytes} bytes`);
  }
  if (needle.length === 0 || options.limit < 1) return [];
  return withLog(path, [], (log) => searchBlocks(log, needle, options));
}

async function searchBlocks(
  log: LogReader,
  needle: Buffer,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<number[]> {
  const found: number[] = [];
  let line = 1;
  for (let at = 0; ; ) {
    signal?.throwIfAborted();
    const block = await log.read(at, blockBytes);
    // A hit may begin in the last bytes of a block and end in the next one, which therefore repeats them.
    const isLast = block.length < blockBytes;
    const end = isLast ? block.length : block.length - needle.length + 1;
    let counted = 0;
    for (let hit = block.indexOf(needle); hit !== -1 && hit < end; hit = block.indexOf(needle, hit + 1)) {
      line += countNewlines(block.subarray(counted, hit));
      counted = hit;
      if (found.at(-1) !== line) found.push(line);
      if (found.length >= limit) return found;
    }
    if (isLast) return found;
    line += countNewlines(block.subarray(counted, end));
    at += end;
  }
}
