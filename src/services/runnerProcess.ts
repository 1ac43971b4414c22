import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../platform/log.ts';
import { packageRoot } from '../platform/settings.ts';

export interface RunnerProcess {
  stop(): Promise<void>;
}

const restartPauseMs = 500;
/** Longer than steps may take to end (TERM, ten seconds, KILL) and their ends to be told. */
const stopPatienceMs = 30_000;
/** Tells the child who started it. */
const parentVariable = 'SLIPWAY_PARENT_PID';

/**
 * Runs a runner, of deploys or of jobs, in a process of its own, and again whenever it dies: spawning blocks in proportion to the
 * memory of who spawns, and the server must not wait. The kernel ends it when this process is killed; the one
 * that is killed before the kernel knows of that is noticed by `isOrphaned`.
 */
export function startRunnerProcess(
  service: 'runner' | 'jobs',
  environment: Record<string, string>,
  log: Logger,
): RunnerProcess {
  const what = service === 'runner' ? 'the runner' : 'the runner of jobs';
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
      // Room for new objects, in MB. By default V8 takes three times 16 of them, and returns none while idle.
      '--max-semi-space-size=2',
      main,
      'serve',
      `--services=${service}`,
    ];
    const spawned = spawn('setpriv', command, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment, [parentVariable]: String(process.pid) },
    });
    child = spawned;
    exited = new Promise((resolve) => {
      spawned.once('error', (error) => {
        log.error({ err: error }, `${what} could not be started`);
        resolve();
      });
      spawned.once('exit', (code, signal) => {
        resolve();
        if (stopping) return;
        log.error({ code, signal }, `${what} ended; starting it again`);
        setTimeout(() => stopping || start(), restartPauseMs);
      });
    });
  }

  start();
  return {
    stop: async () => {
      stopping = true;
      child?.kill('SIGTERM');
      const impatience = setTimeout(() => child?.kill('SIGKILL'), stopPatienceMs);
      await exited;
      clearTimeout(impatience);
    },
  };
}

/** Whether the process that started this one as its runner was gone before this one could be tied to it. */
export function isOrphaned(environment: NodeJS.ProcessEnv): boolean {
  const parent = environment[parentVariable];
  return parent !== undefined && parent !== String(process.ppid);
}
