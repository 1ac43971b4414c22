import { AppError } from '../errors.ts';
import { countNewlines } from './countNewlines.ts';
import { openLogReader } from './readLog.ts';

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
  await using log = await openLogReader(path);
  const found: number[] = [];
  if (!log || needle.length === 0) return found;
  let line = 1;
  for (let at = 0; ; ) {
    options.signal?.throwIfAborted();
    const block = await log.read(at, blockBytes);
    // A hit may begin in the last bytes of a block and end in the next one, which therefore repeats them.
    const isLast = block.length < blockBytes;
    const end = isLast ? block.length : block.length - needle.length + 1;
    let counted = 0;
    for (let hit = block.indexOf(needle); hit !== -1 && hit < end; hit = block.indexOf(needle, hit + 1)) {
      line += countNewlines(block.subarray(counted, hit));
      counted = hit;
      if (found.at(-1) !== line) found.push(line);
      if (found.length >= options.limit) return found;
    }
    if (isLast) return found;
    line += countNewlines(block.subarray(counted, end));
    at += end;
  }
}
