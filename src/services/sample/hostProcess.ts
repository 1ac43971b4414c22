import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Logger } from '../../platform/log.ts';
import { packageRoot } from '../../platform/settings.ts';
import type { SamplePorts } from './choosePorts.ts';

export interface HostProcess {
  stop(): Promise<void>;
}

const restartPauseMs = 500;

/**
 * Runs the machine that the sample is deployed to, and again should it die. It has a session of its own, so
 * that Ctrl-C reaches it through `stop` only; when this process is killed, its standard input ends and the
 * kernel tells it besides.
 */
export function startHost(directory: string, address: string, ports: SamplePorts, log: Logger): HostProcess {
  const main = join(packageRoot, 'sample', 'host', 'main.ts');
  const services = [
    `harbor/staging=${ports.staging}`,
    `harbor/production=${ports.production}`,
    `handbook/public=${ports.public}`,
  ];
  const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
  const command = ['--pdeathsig', 'TERM', '--', ...node, main, directory, address, ...services];
  let child: ChildProcess;
  let stopping = false;
  let exited: Promise<void> = Promise.resolve();

  function start(): void {
    child = spawn('setpriv', command, { stdio: ['pipe', 'inherit', 'inherit'], detached: true });
    exited = new Promise((resolve) => {
      child.once('error', (error) => {
        log.error({ err: error }, 'the host of the sample could not be started');
        resolve();
      });
      child.once('exit', (code, signal) => {
        resolve();
        if (stopping) return;
        log.error({ code, signal }, 'the host of the sample ended; starting it again');
        setTimeout(() => stopping || start(), restartPauseMs);
      });
    });
  }

  start();
  return {
    stop: async () => {
      stopping = true;
      child.kill('SIGTERM');
      await exited;
    },
  };
}
