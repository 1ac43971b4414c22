import type pg from 'pg';
import type { OwnBootstrapResult } from '../platform/bootstrap/index.ts';
import { connectionFromUrl } from '../platform/db/externalServer.ts';
import type { Logger } from '../platform/log.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/postgres/index.ts';
import type { Settings } from '../platform/settings.ts';

export interface DatabaseService {
  readonly connection: pg.PoolConfig;
  /** For child processes, as DATABASE_URL. */
  readonly url: string;
  readonly kind: 'embedded' | 'external';
  stop(): Promise<void>;
}

const restartPausesMs = [0, 500, 2000, 5000];

/** The database that DATABASE_URL names, or the embedded one: started, and started again whenever it dies. */
export async function startDatabase(settings: Settings, log: Logger): Promise<DatabaseService> {
  if (settings.databaseUrl !== undefined) {
    const connection = connectionFromUrl(settings.databaseUrl);
    return { connection, url: settings.databaseUrl, kind: 'external', stop: async () => {} };
  }
  let server = await startEmbedded(settings, log);
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();

  async function supervise(current: EmbeddedPostgres): Promise<void> {
    const exit = await current.exited;
    if (stopping || exit.requested) return;
    log.error({ exit: exit.message }, 'PostgreSQL ended; starting it again');
    restarting = startAgain();
    await restarting;
  }

  async function startAgain(): Promise<void> {
    for (let attempt = 0; !stopping; attempt += 1) {
      await new Promise((resolve) =>
        setTimeout(resolve, restartPausesMs[Math.min(attempt, restartPausesMs.length - 1)]),
      );
      try {
        server = await startEmbedded(settings, log);
        void supervise(server);
        return;
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL does not start');
      }
    }
  }

  void supervise(server);
  return {
    connection: server.connection,
    url: server.url,
    kind: 'embedded',
    stop: async () => {
      stopping = true;
      await restarting;
      await server.stop();
    },
  };
}

function startEmbedded(settings: Settings, log: Logger): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataDir: settings.dataDir,
    log: (line) => log.debug({ postgres: line }, 'postgres'),
  });
}

/** Makes the database ready: created, checked, its schema up to date. Says in the log what that changed. */
export async function migrateDatabase(connection: pg.PoolConfig, log: Logger): Promise<OwnBootstrapResult> {
  // A runner that finds a database made ready need not load how that is done.
  const { bootstrapOwnDatabase } = await import('../platform/bootstrap/index.ts');
  const change = await bootstrapOwnDatabase({ connection, setting: 'DATABASE_URL' });
  const isChanged = change.created || change.loadedSnapshot || change.applied.length > 0;
  if (isChanged) log.info({ ...change }, 'database brought up to date');
  return change;
}
