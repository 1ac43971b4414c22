import { applyConfiguration } from '../modules/apps/index.ts';
import { systemActor } from '../platform/actor.ts';
import { AppError } from '../platform/errors.ts';
import { claimDataDirectory } from '../platform/instance/index.ts';
import type { Logger } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';
import { readConfigurationFile } from './configurationFile.ts';
import { type Core, openCore } from './core.ts';
import { type DatabaseService, migrateDatabase, startDatabase } from './database.ts';
import { startDispatcher } from './dispatcher.ts';
import { isOrphaned, type RunnerProcess, startRunnerProcess } from './runnerProcess.ts';
import { startRunnerService } from './runnerService.ts';
import { startWeb } from './web.ts';

export type Service = 'web' | 'dispatcher' | 'runner';

export interface Slipway {
  readonly core: Core;
  /** Where people find it. */
  readonly url: string;
  readonly database: DatabaseService['kind'];
  readonly migrated: readonly string[];
  stop(reason: string): Promise<void>;
}

type Closing = () => Promise<void>;

/**
 * `slipway up`: everything on this machine. One process serves web and dispatcher and holds the data
 * directory and the database; the runner is its child.
 */
export async function up(settings: Settings, log: Logger): Promise<Slipway> {
  const closing: Closing[] = [];
  const shutdown = new AbortController();
  try {
    const claim = await claimDataDirectory(settings.dataDir);
    closing.push(() => claim.release());
    const database = await startDatabase(settings, log);
    closing.push(() => database.stop());
    const migrated = await migrateDatabase(database.connection);
    const core = await openCore(settings, database.connection, log, shutdown.signal);
    closing.push(() => core.close());
    await applyConfigurationFile(core);
    const web = await startWeb(core);
    closing.push(() => web.close());
    const dispatcher = startDispatcher(core);
    closing.push(() => dispatcher.close());
    await claim.announce(web.address);
    const runner: RunnerProcess = startRunnerProcess(childEnvironment(settings, database), log);
    closing.push(() => runner.stop());
    return {
      core,
      url: web.address,
      database: database.kind,
      migrated,
      stop: () => {
        shutdown.abort();
        return closeAll(closing);
      },
    };
  } catch (error) {
    shutdown.abort();
    await closeAll(closing);
    throw error;
  }
}

function childEnvironment(settings: Settings, database: DatabaseService): Record<string, string> {
  return {
    SLIPWAY_DATA_DIR: settings.dataDir,
    SLIPWAY_URL_PREFIX: settings.urlPrefix,
    DATABASE_URL: database.url,
  };
}

/** `slipway serve`: some of the services, on the database that DATABASE_URL names. */
export async function serve(settings: Settings, services: readonly Service[], log: Logger): Promise<Slipway> {
  if (isOrphaned(process.env))
    throw new AppError('unavailable', 'the Slipway that started this runner is gone; so it ends too');
  const closing: Closing[] = [];
  const shutdown = new AbortController();
  const database = await startDatabase(settings, log);
  closing.push(() => database.stop());
  try {
    // The runner beside a server finds a database that the server has migrated.
    const migrated = services.includes('web') ? await migrateDatabase(database.connection) : [];
    const core = await openCore(settings, database.connection, log, shutdown.signal);
    closing.push(() => core.close());
    let url = settings.urlPrefix;
    if (services.includes('web')) {
      await applyConfigurationFile(core);
      const web = await startWeb(core);
      url = web.address;
      closing.push(() => web.close());
    }
    if (services.includes('dispatcher')) {
      const dispatcher = startDispatcher(core);
      closing.push(() => dispatcher.close());
    }
    let stopRunner = async (_reason: string) => {};
    if (services.includes('runner')) {
      const runner = await startRunnerService(core);
      stopRunner = (reason) => runner.stop(reason);
    }
    return {
      core,
      url,
      database: database.kind,
      migrated,
      stop: async (reason) => {
        await stopRunner(reason);
        shutdown.abort();
        await closeAll(closing);
      },
    };
  } catch (error) {
    shutdown.abort();
    await closeAll(closing);
    throw error;
  }
}

/** In the opposite order of opening; all of them, even when one fails. */
async function closeAll(closing: Closing[]): Promise<void> {
  let failure: unknown;
  for (const close of closing.splice(0).reverse()) {
    await close().catch((error: unknown) => {
      failure ??= error;
    });
  }
  if (failure !== undefined) throw failure;
}

async function applyConfigurationFile(core: Core): Promise<void> {
  const file = await readConfigurationFile(core.settings);
  if (file !== undefined) await applyConfiguration(core.db, core.now(), systemActor, file);
}
