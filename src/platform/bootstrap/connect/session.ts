import pg from 'pg';
import { explainConnectionError } from '../../db/connectionError.ts';

/** One connection to the server, used by one task. */
export interface Session {
  readonly client: pg.Client;
  /** Why it broke; undefined while it works. */
  broken(): Error | undefined;
  /** From now on an abort of the signal does not cut it. */
  keepOnAbort(): void;
  close(): Promise<void>;
}

/** Where to connect, and as what messages call that setting. */
export interface Target {
  readonly connection: pg.PoolConfig;
  /** `DATABASE_URL` or `--database-url`. */
  readonly setting: string;
}

/**
 * Connects. A signal cuts the connection, and the server rolls back what it was doing. Throws `unavailable` with
 * what to do when nobody can connect so; the password is in no message.
 */
export async function openSession(target: Target, signal?: AbortSignal): Promise<Session> {
  const client = await connected(target);
  let broken: Error | undefined;
  client.on('error', (error) => {
    broken ??= error;
  });
  const cut = () => client.connection.stream.destroy();
  signal?.addEventListener('abort', cut, { once: true });
  const keepOnAbort = () => signal?.removeEventListener('abort', cut);
  return {
    client,
    broken: () => broken,
    keepOnAbort,
    close: async () => {
      keepOnAbort();
      if (broken === undefined && !client.connection.stream.destroyed) await client.end();
    },
  };
}

async function connected({ connection, setting }: Target): Promise<PgClient> {
  const client = new pg.Client({
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    ...connection,
  }) as PgClient;
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw explainConnectionError(error, connection, setting);
  }
}

/** node-postgres types leave out its connection, whose socket is the only way to cut it. */
type PgClient = pg.Client & { readonly connection: pg.Connection };
