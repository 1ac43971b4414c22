import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../platform/log.ts';
import { packageRoot } from '../platform/settings.ts';

export interface RunnerProcess {
  stop(): Promise<void>;
}

const restartPauseMs = 500;

/**
 * Runs the runner in a process of its own, and again whenever it dies: spawning blocks in proportion to the
 * memory of who spawns, and the server must not wait. The kernel ends it when this process is killed.
 */
export function startRunnerProcess(environment: Record<string, string>, log: Logger): RunnerProcess {
  let child: ChildProcess | undefined;
  let stopping = false;
  let exited: Promise<void> = Promise.resolve();

  function start(): void {
    const main = join(packageRoot, 'src', 'main.ts');
    const command = [
      '--pdeathsig',
      'TERM',
      '--',
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      main,
      'serve',
      '--services=runner',
    ];
    const spawned = spawn('setpriv', command, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    child = spawned;
    exited = new Promise((resolve) => {
      spawned.once('error', (error) => {
        log.error({ err: error }, 'the runner could not be started');
        resolve();
      });
      spawned.once('exit', (code, signal) => {
        resolve();
        if (stopping) return;
        log.error({ code, signal }, 'the runner ended; starting it again');
        setTimeout(() => stopping || start(), restartPauseMs);
      });
    });
  }

  start();
  return {
    stop: async () => {
      stopping = true;
      child?.kill('SIGTERM');
      await exited;
    },
  };
}
