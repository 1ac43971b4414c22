import type { Readable } from 'node:stream';
import { AppError } from '../../platform/errors.ts';
import type { ByteBudget } from './byteBudget.ts';

const mib = 1024 * 1024;
/** GitHub sends no more. */
const largestBodyBytes = 25 * mib;
const mostPassedBytes = 4 * largestBodyBytes;

/**
 * Reads a body whole and hands it to `use`. What it holds counts against the budget from when it has arrived, not from
 * when it was announced: whoever only says that much is coming takes nothing from others. Throws `payload_too_large`,
 * and `unavailable` when others hold too much right now.
 */
export async function withBody<Value>(
  stream: Readable,
  announcedBytes: number | undefined,
  budget: ByteBudget,
  use: (body: Buffer) => Promise<Value>,
): Promise<Value> {
  const held = { bytes: 0 };
  try {
    return await use(await readAll(stream, announcedBytes, budget, held));
  } finally {
    budget.giveBack(held.bytes);
  }
}

async function readAll(
  stream: Readable,
  announcedBytes: number | undefined,
  budget: ByteBudget,
  held: { bytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let refusal = (announcedBytes ?? 0) > largestBodyBytes ? tooLarge() : undefined;
  let passedBytes = 0;
  // Destroyed, the stream would take the connection along, and the answer with it.
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    passedBytes += chunk.length;
    if (passedBytes > largestBodyBytes) refusal = tooLarge();
    else if (refusal === undefined && !budget.take(chunk.length)) refusal = tooMuchAtOnce();
    else if (refusal === undefined) {
      held.bytes += chunk.length;
      chunks.push(chunk);
    }
    if (refusal === undefined) continue;
    chunks.length = 0;
    budget.giveBack(held.bytes);
    held.bytes = 0;
    // Who is still sending does not read an answer: what comes is let pass by, up to a point.
    if (passedBytes > mostPassedBytes) break;
  }
  if (refusal !== undefined) throw refusal;
  return Buffer.concat(chunks, held.bytes);
}

const tooLarge = (): AppError =>
  new AppError('payload_too_large', `a delivery has at most ${largestBodyBytes / mib} MiB`);

const tooMuchAtOnce = (): AppError =>
  new AppError('unavailable', 'too many large deliveries arrive at once; send it again', {
    retry_after_seconds: 10,
  });
