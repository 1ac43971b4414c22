import { z } from 'zod';
import { UnreachableError } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { DeployParams } from '../arguments.ts';
import type { Link } from './link.ts';

const pieceSchema = z.object({ offset: z.number(), text: z.string(), time: z.string().nullable() });

/** Some text of a log, where it stands in bytes (`end` is after it), and when it was written. */
export type LogPiece = z.infer<typeof pieceSchema> & { readonly end: number };

/**
 * The log of a deploy from `offset` on, as it is written, until the deploy ends. A broken connection, also of a
 * server that restarts, goes on at the byte where it stopped: nothing is lost and nothing comes twice.
 */
export async function followLog(
  link: Link,
  params: DeployParams,
  options: { offset: number; signal: AbortSignal; onPiece: (piece: LogPiece) => void | Promise<void> },
): Promise<void> {
  let { offset } = options;
  await link.keepTrying(async (client) => {
    const stream = client.stream(api.followLog, { params, query: { offset } }, { signal: options.signal });
    for await (const event of stream) {
      link.alive();
      if (event.event === 'end') return;
      const end = Number(event.id);
      await options.onPiece({ ...pieceSchema.parse(event.data), end });
      offset = end;
    }
    throw new UnreachableError('the log', new Error('the server ended the connection'));
  });
}
