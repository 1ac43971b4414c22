import { AppError } from '../errors.ts';
import { assertOwnTables } from './compareTables.ts';
import { connectOrCreate } from './connect/connectOrCreate.ts';
import { beginPatiently, holdLock } from './connect/holdLock.ts';
import { openSession, type Session, type Target } from './connect/session.ts';
import { type DatabaseState, readState } from './databaseState.ts';
import type { DumpSource } from './dump/dumpSource.ts';
import { type OpenDump, openDump } from './dump/openDump.ts';
import { loadDump } from './load/loadDump.ts';
import { connectionLost, isServerError, unchanged } from './load/loadError.ts';
import { runUpgrade, type Upgrade, type UpgradeResult } from './runUpgrade.ts';

export interface BootstrapOptions extends Target {
  readonly schema: DumpSource;
  /** Leaves out owners, and grants to roles that do not exist. */
  readonly noOwner?: boolean;
  /** `[schema.]name` of the table that records migrations, when it is none that is known. */
  readonly migrationsTable?: string;
  /** Runs each time, after the load. */
  readonly upgrade?: Upgrade;
  readonly onProgress?: (progress: BootstrapProgress) => void;
  /** Ends it at the next moment; the error is the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface BootstrapProgress {
  /** `waiting` for another bootstrap of this database. */
  readonly phase: 'waiting' | 'loading' | 'committing' | 'upgrading';
  readonly statements: number;
  /** Of the file, compressed or not, that were read; null as the total when nobody knows. */
  readonly bytes: number;
  readonly totalBytes: number | null;
  readonly rows: number;
}

export interface BootstrapResult {
  readonly database: string;
  /** The database did not exist. */
  readonly created: boolean;
  /** `already` when it was as it should be, and nothing was changed. */
  readonly loaded: 'loaded' | 'already';
  readonly statements: number;
  readonly rows: number;
  /** Of the file, that were read. */
  readonly bytes: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  /** Null when none was asked for. */
  readonly upgrade: UpgradeResult | null;
}

/**
 * Creates the database if it is missing, loads the dump if it is empty, and runs the upgrade. The load is one
 * transaction: whatever happens, all of it is there, or nothing. Of several at once one loads, and the others find
 * it done. Throws `invalid_input` for a dump that cannot be loaded, `conflict` for a database of somebody else's,
 * `unavailable` when the server cannot be reached.
 */
export async function bootstrapDatabase(options: BootstrapOptions): Promise<BootstrapResult> {
  const began = performance.now();
  try {
    // Before anything else: a name that was mistyped must not leave a new database behind.
    const dump = await openDump(options.schema);
    try {
      const { notes, upgrade, ...outcome } = await bootstrap(options, dump);
      const seconds = (performance.now() - began) / 1000;
      return { ...outcome, bytes: dump.bytesRead(), seconds, notes, upgrade };
    } finally {
      await dump.close();
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw isServerError(error) ? refusedByServer(error) : error;
  }
}

type Outcome = Omit<BootstrapResult, 'bytes' | 'seconds'>;

async function bootstrap(options: BootstrapOptions, dump: OpenDump): Promise<Outcome> {
  const { session, database, created } = await connectOrCreate(options, options.signal);
  try {
    const report = reporter(options, dump);
    // Held by a connection of its own until the end of the upgrade, which has connections of its own too.
    await lost(session, async () => {
      await beginPatiently(session.client);
      await holdLock(session.client, 'bootstrap', () => report({ phase: 'waiting' }));
    });
    const load = await loadOnce(options, dump, database, report);
    if (options.upgrade === undefined) return { database, created, ...load, upgrade: null };
    // Who interrupts an upgrade waits for its end, and so do others.
    session.keepOnAbort();
    report({ phase: 'upgrading' });
    const upgrade = await runUpgrade(options.upgrade, options.signal);
    const notes = session.broken() ? [...load.notes, lockLost] : load.notes;
    return { database, created, ...load, notes, upgrade };
  } catch (error) {
    throw created && error instanceof AppError ? ofNewDatabase(error, database) : error;
  } finally {
    await session.close();
  }
}

function ofNewDatabase(error: AppError, database: string): AppError {
  const message = `${error.message}\nThe database ${database} was created by this run, and stays`;
  return new AppError(error.code, message, error.details, { cause: error });
}

const lockLost =
  'the connection that kept other bootstraps of this database waiting broke during the upgrade: another may have run at the same time';

type Report = (change: Partial<BootstrapProgress>) => void;

/** Tells the progress with what has changed. */
function reporter({ onProgress }: BootstrapOptions, dump: OpenDump): Report {
  let progress: BootstrapProgress = {
    phase: 'loading',
    statements: 0,
    bytes: 0,
    totalBytes: dump.sizeBytes,
    rows: 0,
  };
  return (change) => {
    progress = { ...progress, ...change, bytes: dump.bytesRead() };
    onProgress?.(progress);
  };
}

type Load = Pick<Outcome, 'loaded' | 'statements' | 'rows' | 'notes'>;

async function loadOnce(
  options: BootstrapOptions,
  dump: OpenDump,
  database: string,
  report: Report,
): Promise<Load> {
  const session = await openSession(options, options.signal);
  const { client } = session;
  try {
    return await lost(session, async () => {
      await beginPatiently(client);
      // The other lock may have been lost with its connection, and somebody else may be loading.
      await holdLock(client, 'load', () => report({ phase: 'waiting' }));
      const state = await readState(client, options.migrationsTable);
      if (state.is !== 'empty') return await findLoaded(state, dump, database);
      report({ phase: 'loading' });
      const result = await loadDump(client, dump, {
        noOwner: options.noOwner === true,
        onProgress: (counts) => report({ phase: 'loading', ...counts }),
      });
      if (result.statements === 0)
        throw new AppError('invalid_input', `${dump.name} has no statement in it. Make the dump again`);
      report({ phase: 'committing' });
      await commit(session);
      return { loaded: 'loaded', ...result };
    });
  } finally {
    await session.close();
  }
}

async function findLoaded(
  state: Exclude<DatabaseState, { is: 'empty' }>,
  dump: OpenDump,
  database: string,
): Promise<Load> {
  if (state.is === 'occupied') await assertOwnTables(dump, database, state.relations);
  const because =
    state.is === 'occupied'
      ? `all tables of ${dump.name} are there`
      : `its migrations are recorded in ${state.by.schema}.${state.by.name}`;
  return { loaded: 'already', statements: 0, rows: 0, notes: [`${database} was loaded already: ${because}`] };
}

/** What the dump has set must not stay with a connection that a pooler gives to somebody else. */
async function commit({ client }: Session): Promise<void> {
  await client.query('set session authorization default; reset all');
  try {
    await client.query('commit');
  } catch (error) {
    if (!isServerError(error)) throw error;
    throw new AppError(
      'invalid_input',
      `all statements ran, but the server refused the whole: ${error.message}${error.detail ? ` (${error.detail})` : ''}. ${unchanged}`,
      { sqlstate: error.code },
      { cause: error },
    );
  }
}

/** Says of an error that comes from a broken connection that this is what it is. */
async function lost<T>(session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError || session.broken() === undefined) throw error;
    throw connectionLost(error);
  }
}

const refusedByServer = (error: Error & { code?: string }): AppError =>
  new AppError(
    'upstream_failed',
    `PostgreSQL refused: ${error.message} (${error.code}). ${unchanged}`,
    { sqlstate: error.code },
    { cause: error },
  );
