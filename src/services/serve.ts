import { AppError } from '../platform/errors.ts';
import { makeDataDirectory } from '../platform/instance/index.ts';
import type { Logger } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';
import type { Runner } from '../runner/runner.ts';
import { openCore } from './core.ts';
import { migrateDatabase, startDatabase } from './database.ts';
import { isOrphaned } from './runnerProcess.ts';
import { type Closing, closeAll, type Service, type Slipway } from './slipway.ts';

/**
 * `slipway serve`: some of the services, on the database that DATABASE_URL names. Only their code is loaded: a
 * runner without that of the web server takes a third less memory and starts its steps sooner.
 */
export async function serve(settings: Settings, services: readonly Service[], log: Logger): Promise<Slipway> {
  if (isOrphaned(process.env))
    throw new AppError('unavailable', 'the Slipway that started this runner is gone; so it ends too');
  if (settings.databaseUrl === undefined)
    throw new AppError(
      'invalid_input',
      'serve needs DATABASE_URL; for everything on this machine: slipway up',
    );
  await makeDataDirectory(settings.dataDir);
  const closing: Closing[] = [];
  const shutdown = new AbortController();
  const database = await startDatabase(settings, log);
  closing.push(() => database.stop());
  try {
    // The runner beside a server finds a database that the server has migrated.
    const migrated = services.includes('web') ? await migrateDatabase(database.connection, log) : undefined;
    const core = await openCore(settings, database.connection, log, shutdown.signal);
    closing.push(() => core.close());
    let url = settings.urlPrefix;
    if (services.includes('web')) {
      const { applyDeclaredFiles, watchDeclaredFiles } = await import('./declaredFiles.ts');
      await applyDeclaredFiles(core);
      const { startWeb } = await import('./web.ts');
      const web = await startWeb(core);
      url = web.address;
      closing.push(() => web.close());
      const watching = watchDeclaredFiles(core);
      closing.push(() => watching.close());
    }
    if (services.includes('dispatcher')) {
      const { startDispatcher } = await import('./dispatcher.ts');
      const dispatcher = startDispatcher(core);
      closing.push(() => dispatcher.close());
    }
    const runners: Runner[] = [];
    if (services.includes('runner')) {
      const { startRunnerService } = await import('./runnerService.ts');
      runners.push(await startRunnerService(core));
    }
    if (services.includes('jobs')) {
      const { startJobRunnerService } = await import('./jobRunnerService.ts');
      runners.push(await startJobRunnerService(core));
    }
    return {
      core,
      url,
      database: database.kind,
      migrated,
      stop: async (reason) => {
        await Promise.all(runners.map((runner) => runner.stop(reason)));
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
