import pg from 'pg';
import type { Logger } from '../log.ts';
import { repeat } from '../repeat.ts';

const reconnectMs = 500;
const connectTimeoutMs = 10_000;

/** A connection that listens; `ended` resolves when it is gone, whoever ended it. */
interface Listening {
  readonly client: pg.Client;
  readonly ended: Promise<void>;
}

/**
 * Calls `onNews` for each notification on a channel, and whenever listening begins: what was said before
 * was not heard. A connection that breaks is made again. The first one must succeed.
 */
export async function listenTo(
  connection: pg.ClientConfig,
  channel: string,
  log: Logger,
  onNews: () => void,
): Promise<{ close(): Promise<void> }> {
  let closed = false;
  let current: Listening = await connect(connection, channel, onNews);
  let next: Listening | undefined = current;
  const loop = repeat(`listening to ${channel}`, reconnectMs, log, async () => {
    current = next ?? (await connect(connection, channel, onNews));
    next = undefined;
    if (closed) return current.client.end();
    onNews();
    await current.ended;
  });
  return {
    close: async () => {
      closed = true;
      const stopped = loop.stop();
      await current.client.end();
      await stopped;
    },
  };
}

async function connect(connection: pg.ClientConfig, channel: string, onNews: () => void): Promise<Listening> {
  const client = new pg.Client({
    ...connection,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  // A connection that breaks says so here and ends; the loop above makes the next.
  client.on('error', () => {});
  client.on('notification', onNews);
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return { client, ended };
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}
