import { UnreachableError } from '../../contract/client.ts';
import { AppError } from '../../platform/errors.ts';
import type { Link } from './link.ts';
import type { LogSource } from './logSource.ts';

/** Some text of a log, where it stands in bytes (`end` is after it), and when it was written. */
export interface LogPiece {
  readonly offset: number;
  readonly text: string;
  readonly time: string | null;
  readonly end: number;
}

/**
 * A log from `offset` on, as it is written, until what it is of ends. A broken connection, also of a
 * server that restarts, goes on at the byte where it stopped: nothing is lost and nothing comes twice.
 */
export async function followLog(
  link: Link,
  log: LogSource,
  options: { offset: number; signal: AbortSignal; onPiece: (piece: LogPiece) => void | Promise<void> },
): Promise<void> {
  let { offset } = options;
  await link.keepTrying(async (client) => {
    const stream = log.stream(client, offset, { signal: options.signal });
    for await (const event of stream) {
      link.alive();
      if (event.event === 'end') return;
      const end = Number(event.id);
      await options.onPiece({ ...pieceOf(event.data), end });
      offset = end;
    }
    throw new UnreachableError('the log', new Error('the server ended the connection'));
  });
}

function pieceOf(data: unknown): Omit<LogPiece, 'end'> {
  const { offset, text, time } = (data ?? {}) as Partial<Record<keyof LogPiece, unknown>>;
  if (typeof offset === 'number' && typeof text === 'string' && (time === null || typeof time === 'string'))
    return { offset, text, time };
  throw new AppError('upstream_failed', 'the server sent a part of the log that is not to be understood');
}
