import { largestChunkBytes, mostTimesOfChunk } from '../../contract/runnerWire.ts';
import { AppError } from '../../platform/errors.ts';
import type { TimedBytes } from '../../platform/logfiles/index.ts';

/** A chunk of a log as it was sent: its bytes, and `offset:milliseconds,…` from which on each time holds. */
export function readPieces(body: unknown, header: string | string[] | undefined): TimedBytes[] {
  if (!Buffer.isBuffer(body))
    throw new AppError('invalid_input', 'send the bytes of the log as application/octet-stream');
  if (body.length > largestChunkBytes)
    throw new AppError('payload_too_large', `a chunk of a log has at most ${largestChunkBytes} bytes`);
  const times = (typeof header === 'string' ? header.split(',') : []).map(readTime);
  if (times.length > mostTimesOfChunk || times[0]?.offset !== 0 || !isRising(times, body.length))
    throw new AppError('invalid_input', 'the times of this chunk do not fit its bytes');
  return times.map(({ offset, time }, i) => ({ time, bytes: body.subarray(offset, times[i + 1]?.offset) }));
}

function readTime(text: string): { offset: number; time: number } {
  const [, offset, time] = /^(\d{1,7}):(\d{1,14})$/.exec(text) ?? [];
  if (offset === undefined)
    throw new AppError('invalid_input', `"${text.slice(0, 40)}" is no offset and time`);
  return { offset: Number(offset), time: Number(time) };
}

const isRising = (times: readonly { offset: number }[], end: number): boolean =>
  times.every(({ offset }, i) => offset < end && offset > (times[i - 1]?.offset ?? -1));
