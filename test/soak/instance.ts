import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Client, createClient } from '../../src/contract/client.ts';
import { dataPaths } from '../../src/platform/dataPaths.ts';
import { packageRoot } from '../../src/platform/settings.ts';
import { findProcesses, killAll, postgresOf, type Seen } from './processes.ts';

/** What of Slipway is killed. `backend`: one process of PostgreSQL, which makes it restart within itself. */
export const victims = ['everything', 'server', 'runner', 'postgres', 'server+postgres', 'backend'] as const;
/** The same of a Slipway whose runner of jobs is what works. */
export const jobVictims = [
  'everything',
  'server',
  'jobs',
  'jobs',
  'postgres',
  'server+postgres',
  'backend',
] as const;
export type Victim = (typeof victims)[number] | (typeof jobVictims)[number];

/** A real `slipway up` on a data directory, which can be killed and started again. */
export interface Instance {
  /** A client of the Slipway that runs now. Throws while none has said where it is. */
  client(): Client;
  /** Where git finds a repository that it hosts, with the machine's token. Throws as `client` does. */
  gitUrl(repository: string): string;
  /** Starts it; answers true when `/healthz` does, and false when what was killed meanwhile ended it. */
  start(): Promise<boolean>;
  /** Resolves when `/healthz` answers 200. */
  ready(): Promise<void>;
  /** Kills with SIGKILL; answers whether `start` must be called, because nothing is left to start the rest. */
  kill(victim: Victim): Promise<boolean>;
  /** Stops it as an operator does; answers its exit code. */
  stop(): Promise<number | null>;
}

const readyWithinMs = 60_000;

export function createInstance(
  dataDir: string,
  configFile: string,
  outputFile: string,
  prefix: readonly string[] = [],
): Instance {
  const paths = dataPaths(dataDir);
  let up: ChildProcess | undefined;
  let killedWhileStarting = false;
  let announced: string | undefined;
  let reached: { url: string; token: string } | undefined;

  async function start(): Promise<boolean> {
    announced = undefined;
    reached = undefined;
    const [file = '', ...args] = [...prefix, join(packageRoot, 'bin/slipway'), 'up', '--config', configFile];
    const child = spawn(file, args, {
      env: environmentOf(dataDir),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    up = child;
    killedWhileStarting = false;
    keepOutput(child, outputFile, (found) => {
      if (up === child) announced = found;
    });
    const ended = once(child, 'exit').then(() => false);
    const isReady = await Promise.race([untilReady(() => up === child).then(() => true), ended]);
    if (!isReady && !killedWhileStarting) throw new Error(`slipway up ended; see ${outputFile}`);
    return isReady;
  }

  async function untilReady(isWanted: () => boolean): Promise<void> {
    const deadline = Date.now() + readyWithinMs;
    while (isWanted()) {
      if (announced !== undefined && (await isHealthy(announced))) {
        reached = { url: announced, token: (await readFile(paths.machineToken, 'utf8')).trim() };
        return;
      }
      if (Date.now() > deadline) throw new Error(`not ready within ${readyWithinMs} ms; see ${outputFile}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async function kill(victim: Victim): Promise<boolean> {
    const child = up;
    if (child?.pid === undefined) throw new Error('nothing runs');
    const server = [child.pid];
    const runner = findProcesses((seen) => isRunnerOf('runner', server, seen));
    const jobs = findProcesses((seen) => isRunnerOf('jobs', server, seen));
    const postgres = postgresOf(paths.postgres);
    const pids: Record<Victim, number[]> = {
      everything: [...server, ...[...runner, ...jobs, ...postgres].map(({ pid }) => pid)],
      server,
      runner: runner.map(({ pid }) => pid),
      jobs: jobs.map(({ pid }) => pid),
      postgres: postgres.map(({ pid }) => pid),
      'server+postgres': [...server, ...postgres.map(({ pid }) => pid)],
      backend: postgres
        .filter(({ command }) => command.includes('slipway slipway'))
        .map(({ pid }) => pid)
        .slice(0, 1),
    };
    const serverDies = pids[victim].includes(child.pid);
    const exited = serverDies && !hasEnded(child) ? once(child, 'exit') : Promise.resolve();
    killedWhileStarting = true;
    killAll(pids[victim]);
    await exited;
    return serverDies || hasEnded(child);
  }

  function whereItIs() {
    if (reached === undefined) throw new Error('Slipway has not said where it is');
    return reached;
  }

  return {
    gitUrl: (repository) => {
      const { url, token } = whereItIs();
      const address = new URL(`${url}/git/${repository}.git`);
      address.username = 'soak';
      address.password = token;
      return address.href;
    },
    client: () => {
      const { url, token } = whereItIs();
      const headers = { authorization: `Bearer ${token}` };
      return createClient({ baseUrl: url, headers, timeoutMs: 20_000 });
    },
    start,
    ready: () => untilReady(() => true),
    kill,
    stop: async () => {
      if (up === undefined || hasEnded(up)) return up?.exitCode ?? null;
      const exited = once(up, 'exit');
      up.kill('SIGTERM');
      const [code] = await exited;
      return code as number | null;
    },
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

const isRunnerOf = (service: 'runner' | 'jobs', server: readonly number[], { parentPid, command }: Seen) =>
  server.includes(parentPid) && command.includes(`--services=${service}`);

function environmentOf(dataDir: string): NodeJS.ProcessEnv {
  const { PATH, HOME, XDG_CACHE_HOME, NODE_COMPILE_CACHE } = process.env;
  return {
    PATH,
    HOME,
    ...(XDG_CACHE_HOME ? { XDG_CACHE_HOME } : {}),
    ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}),
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_PORT: '0',
    SLIPWAY_LOG_LEVEL: 'debug',
  };
}

function keepOutput(child: ChildProcess, file: string, onUrl: (url: string) => void): void {
  const output = createWriteStream(file, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      output.write(`${line}\n`);
      const found = /^Slipway is up: (\S+)$/.exec(line)?.[1];
      if (found !== undefined) onUrl(found);
    });
  }
  child.once('exit', (code, signal) => output.write(`── ended: ${signal ?? code}\n`));
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}
