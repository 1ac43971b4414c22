import type { Readable } from 'node:stream';
import { AppError } from '../../platform/errors.ts';
import type { ByteBudget } from './byteBudget.ts';

const mib = 1024 * 1024;
/** GitHub sends no more. */
const largestBodyBytes = 25 * mib;

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
  if (announcedBytes !== undefined && announcedBytes > largestBodyBytes) throw tooLarge();
  let held = 0;
  try {
    const chunks: Buffer[] = [];
    // Destroyed, the stream would take the connection along, and the answer with it.
    for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      if (held + chunk.length > largestBodyBytes) throw tooLarge();
      if (!budget.take(chunk.length)) throw tooMuchAtOnce();
      held += chunk.length;
      chunks.push(chunk);
    }
    return await use(Buffer.concat(chunks, held));
  } finally {
    budget.giveBack(held);
  }
}

const tooLarge = (): AppError =>
  new AppError('payload_too_large', `a delivery has at most ${largestBodyBytes / mib} MiB`);

const tooMuchAtOnce = (): AppError =>
  new AppError('unavailable', 'too many large deliveries arrive at once; send it again', {
    retry_after_seconds: 10,
  });
