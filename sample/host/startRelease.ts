import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, statSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Occupation, ServicePlace } from './service.ts';

const patienceMs = 1000;
const longestLogBytes = 1024 * 1024;

/**
 * Runs the program `start` of a release. What it prints goes to `service.log` beside the releases. The kernel
 * kills it when this process dies, however that happens.
 */
export function startRelease(place: ServicePlace, release: string): Occupation {
  const log = openLog(join(place.directory, 'service.log'));
  log.say(`starting ${release}`);
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', './start'], {
    cwd: join(place.directory, release),
    env: {
      PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
      ENVIRONMENT: place.environment,
      HOST: place.address,
      PORT: String(place.port),
    },
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  const ended = endOf(child).then((reason) => {
    log.say(`${release} ${reason}`);
    log.close();
    return reason;
  });
  return {
    release,
    ended,
    end: async () => {
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(patience);
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? `ended with exit code ${code}` : `ended by ${signal}`),
    );
  });
}

interface Log {
  readonly descriptor: number;
  say(line: string): void;
  close(): void;
}

/** Appends to the log; a long one begins anew. */
function openLog(path: string): Log {
  const descriptor = openSync(path, 'a', 0o600);
  if (statSync(path).size > longestLogBytes) truncateSync(path);
  return {
    descriptor,
    say: (line) => appendFileSync(descriptor, `${new Date().toISOString()} host: ${line}\n`),
    close: () => closeSync(descriptor),
  };
}
