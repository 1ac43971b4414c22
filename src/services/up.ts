import { claimDataDirectory } from '../platform/instance/index.ts';
import type { Logger } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';
import { openCore } from './core.ts';
import { type DatabaseService, migrateDatabase, startDatabase } from './database.ts';
import { applyDeclaredFiles, watchDeclaredFiles } from './declaredFiles.ts';
import { startDispatcher } from './dispatcher.ts';
import { type RunnerProcess, startRunnerProcess } from './runnerProcess.ts';
import { type Closing, closeAll, type Slipway } from './slipway.ts';
import { startWeb } from './web.ts';

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
    const migrated = await migrateDatabase(database.connection, log);
    const core = await openCore(settings, database.connection, log, shutdown.signal);
    closing.push(() => core.close());
    await applyDeclaredFiles(core);
    const web = await startWeb(core);
    closing.push(() => web.close());
    const watching = watchDeclaredFiles(core);
    closing.push(() => watching.close());
    const dispatcher = startDispatcher(core);
    closing.push(() => dispatcher.close());
    await claim.announce(web.address);
    const environment = childEnvironment(settings, database);
    for (const service of ['runner', 'jobs'] as const) {
      const runner: RunnerProcess = startRunnerProcess(service, environment, log);
      closing.push(() => runner.stop());
    }
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
