import { createLogger } from '../../src/platform/log.ts';
import type { IsolationChoice } from '../../src/platform/processes/index.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { openCore } from '../../src/services/core.ts';
import { startRunnerService } from '../../src/services/runnerService.ts';

// `slipway serve --services=runner` with an isolation of one's choice, argv[2]. Ends on SIGTERM.
const shutdown = new AbortController();
const settings = readSettings(process.env);
const connection = { connectionString: settings.databaseUrl ?? '' };
const core = await openCore(settings, connection, createLogger('runner', 'error'), shutdown.signal);
const runner = await startRunnerService(core, process.argv[2] as IsolationChoice);
process.once('SIGTERM', async () => {
  await runner.stop('the benchmark is over');
  await core.close();
  process.exit(0);
});
