import type pg from 'pg';
import { type History, openHistory } from '../modules/repositories/index.ts';
import type { SecretSource } from '../modules/secrets/index.ts';
import { loadSecretKey, type PasswordHasher, passwordHasher, secretBox } from '../platform/crypto/index.ts';
import { type DataPaths, dataPaths } from '../platform/dataPaths.ts';
import { type Db, openDatabase } from '../platform/db/database.ts';
import { type EventFeed, openEventFeed } from '../platform/events/eventFeed.ts';
import type { Logger } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';

/** What every service of a process shares. */
export interface Core {
  readonly settings: Settings;
  readonly log: Logger;
  readonly db: Db;
  readonly feed: EventFeed;
  readonly paths: DataPaths;
  readonly history: History;
  readonly secrets: SecretSource;
  /** One for the whole process, because what it bounds is: memory and libuv's threads. */
  readonly passwords: PasswordHasher;
  readonly now: () => Date;
  /** Aborts when the process shall end. */
  readonly shutdown: AbortSignal;
  close(): Promise<void>;
}

/** Connects to a migrated database. */
export async function openCore(
  settings: Settings,
  connection: pg.PoolConfig,
  log: Logger,
  shutdown: AbortSignal,
): Promise<Core> {
  const paths = dataPaths(settings.dataDir);
  const db = openDatabase(connection);
  const key = await loadSecretKey({ environmentValue: settings.secretKey, file: paths.secretKey });
  const feed = await openEventFeed(db, connection as pg.ClientConfig, log);
  return {
    settings,
    log,
    db,
    feed,
    paths,
    history: openHistory(paths),
    secrets: { db, box: secretBox(key), environment: process.env, dataDir: settings.dataDir },
    passwords: passwordHasher(),
    now: () => new Date(),
    shutdown,
    close: async () => {
      await feed.close();
      await db.close();
    },
  };
}
