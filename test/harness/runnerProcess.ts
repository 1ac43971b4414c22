import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { packageRoot } from '../../src/platform/settings.ts';
import type { TestApi } from './api.ts';
import { eventually } from './ship.ts';

/** A real runner, `slipway serve --services=runner` (or `jobs`), which can be killed or stopped. */
export interface RunnerProcess extends AsyncDisposable {
  readonly pid: number;
  /** Its id in the database. */
  readonly id: string;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process has ended. */
  readonly ended: Promise<unknown>;
}

/** Starts one on the database and the data directory of a test server, and waits until it is registered. */
export async function startRunnerProcess(
  api: TestApi,
  environment: NodeJS.ProcessEnv = {},
  prefix: readonly string[] = [],
  service: 'runner' | 'jobs' = 'runner',
): Promise<RunnerProcess> {
  const main = join(packageRoot, 'src/main.ts');
  const options = ['--disable-warning=ExperimentalWarning', main, 'serve', `--services=${service}`];
  const [file = '', ...args] = [...prefix, process.execPath, ...options];
  const child = spawn(file, args, {
    env: {
      ...process.env,
      SLIPWAY_DATA_DIR: api.core.settings.dataDir,
      SLIPWAY_LOG_LEVEL: process.env.SLIPWAY_LOG_LEVEL || 'silent',
      DATABASE_URL: String(api.connection.connectionString),
      ...environment,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  const pid = child.pid ?? 0;
  let id = '';
  await eventually('the runner is registered', async () => {
    const row = await api.db.maybe<{ id: string }>(sql`select id from runners where pid = ${pid}`);
    id = row?.id ?? '';
    return row !== undefined;
  });
  return {
    pid,
    id,
    ended,
    signal: (name) => child.kill(name),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
