import { type LogChunk, LogTail } from './logTail.ts';

/**
 * The log from `offset` on as it grows, also if it does not exist yet. A chunk comes within milliseconds of its
 * write, ends at a character's end, and may be shared with other followers: do not change its bytes. Memory stays
 * bounded however slowly the chunks are taken.
 *
 * Ends after the last byte once `isFinished` answers true (it is asked a few times a second, only while there is
 * nothing to read, and must be true only when the last byte has been written), or when the signal is aborted.
 */
export async function* followLog(path: string, options: FollowOptions): AsyncGenerator<LogChunk> {
  const tail = LogTail.acquire(path);
  try {
    yield* chunksOf(tail, options);
  } finally {
    await tail.release();
  }
}

export interface FollowOptions {
  offset: number;
  signal: AbortSignal;
  isFinished: () => Promise<boolean>;
}

async function* chunksOf(tail: LogTail, options: FollowOptions): AsyncGenerator<LogChunk> {
  const { signal, isFinished } = options;
  let { offset } = options;
  let askedAtTick = -1;
  let finished = false;
  while (!signal.aborted) {
    const version = tail.watch.version;
    const chunk = await tail.read(offset, finished);
    if (signal.aborted) return;
    if (chunk) {
      yield chunk;
      offset += chunk.bytes.length;
    } else if (finished) {
      return;
    } else if (askedAtTick !== tail.watch.ticks) {
      askedAtTick = tail.watch.ticks;
      finished = await isFinished();
    } else {
      await tail.watch.changedSince(version, signal);
    }
  }
}
