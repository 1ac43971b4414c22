import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '../../src/contract/client.ts';
import type { Deploy, DeployDetail } from '../../src/contract/deploys.ts';
import { api } from '../../src/contract/index.ts';
import { readProcessStat } from '../../src/platform/processes/identity.ts';
import { packageRoot } from '../../src/platform/settings.ts';
import { eventually } from './ship.ts';

export type SampleEnvironment = 'staging' | 'production' | 'public';

/** `slipway up --sample` as a newcomer runs it, on a data directory and ports of its own. */
export interface Sample extends AsyncDisposable {
  readonly dataDir: string;
  /** All that it has printed since its last start. */
  readonly printed: string;
  readonly client: Client;
  /** Where its web app is. */
  readonly address: string;
  /** Starts it; resolves when it says that it is up. */
  start(): Promise<void>;
  /** Ctrl-C; resolves when no process of it is left. */
  interrupt(): Promise<void>;
  /** kill -9, of Slipway itself alone. */
  kill(): Promise<void>;
  ship(environment: SampleEnvironment, ref?: string): Promise<DeployDetail>;
  /** Waits until the deploy has ended. */
  ended(deploy: Deploy): Promise<DeployDetail>;
  /** What the health page of the environment answers; undefined when nothing does. */
  health(environment: SampleEnvironment): Promise<{ sha: string; environment: string } | undefined>;
  page(environment: SampleEnvironment): Promise<string>;
}

export async function createSample(): Promise<Sample> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-sample-'));
  const [web, staging, production, handbook] = await freePorts(4);
  const ports: Record<SampleEnvironment, number> = { staging, production, public: handbook };
  await mkdir(join(dataDir, 'sample'));
  await writeFile(join(dataDir, 'sample', 'ports.json'), JSON.stringify(ports));
  let child: ChildProcess | undefined;
  let printed = '';
  let client: Client | undefined;

  const sample: Sample = {
    dataDir,
    address: `http://127.0.0.1:${web}`,
    get printed() {
      return printed;
    },
    get client() {
      if (client === undefined) throw new Error('the sample was not started');
      return client;
    },
    start: async () => {
      printed = '';
      child = startSlipway(dataDir, web, (text) => {
        printed += text;
      });
      const { exitCode } = await untilUpOrEnded(child, () => printed.includes('Ctrl-C stops it.'));
      if (exitCode !== null) throw new Error(`slipway ended with exit code ${exitCode}:\n${printed}`);
      const token = (await readFile(join(dataDir, 'machine-token'), 'utf8')).trim();
      const headers = { authorization: `Bearer ${token}` };
      client = createClient({ baseUrl: sample.address, headers });
    },
    interrupt: async () => {
      child?.kill('SIGINT');
      await eventually('no process is left', async () => (await processesOf(dataDir)).length === 0);
    },
    kill: async () => {
      const ended = child && once(child, 'exit');
      child?.kill('SIGKILL');
      await ended;
    },
    ship: async (environment, ref) => {
      const params = { app: environment === 'public' ? 'handbook' : 'harbor', environment };
      const deploy = await sample.client.call(api.requestDeploy, { params, body: ref ? { ref } : {} });
      return sample.ended(deploy);
    },
    ended: async ({ app, environment, number }) => {
      const show = () => sample.client.call(api.showDeploy, { params: { app, environment, number } });
      await eventually('the deploy has ended', async () => (await show()).finished_at !== null);
      return show();
    },
    health: async (environment) => {
      const response = await fetch(`http://127.0.0.1:${ports[environment]}/health`).catch(() => undefined);
      return response?.ok ? ((await response.json()) as { sha: string; environment: string }) : undefined;
    },
    page: async (environment) => (await fetch(`http://127.0.0.1:${ports[environment]}/`)).text(),
    [Symbol.asyncDispose]: async () => {
      child?.kill('SIGKILL');
      await eventually('no process is left', async () => (await processesOf(dataDir)).length === 0);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return sample;
}

function startSlipway(dataDir: string, port: number, onOutput: (text: string) => void): ChildProcess {
  const child = spawn(join(packageRoot, 'bin', 'slipway'), ['up', '--sample'], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SLIPWAY_DATA_DIR: dataDir, SLIPWAY_PORT: String(port), DATABASE_URL: '' },
  });
  child.stdout.setEncoding('utf8').on('data', onOutput);
  child.stderr.setEncoding('utf8').on('data', onOutput);
  return child;
}

async function untilUpOrEnded(child: ChildProcess, isUp: () => boolean): Promise<ChildProcess> {
  await eventually('slipway is up', () => isUp() || child.exitCode !== null);
  return child;
}

async function freePorts(count: 4): Promise<[number, number, number, number]> {
  const servers = await Promise.all(Array.from({ length: count }, openServer));
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a server without a port');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports as [number, number, number, number];
}

async function openServer() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Living processes that have to do with the directory, by command line, environment or working directory. */
export async function processesOf(directory: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => ((await mentions(pid, directory)) ? pid : undefined)),
  );
  return found.filter((pid) => pid !== undefined);
}

async function mentions(pid: string, directory: string): Promise<boolean> {
  const stat = readProcessStat(Number(pid));
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return false;
  const texts = await Promise.all([
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
    readlink(`/proc/${pid}/cwd`).catch(() => ''),
  ]);
  return texts.some((text) => text.includes(directory));
}
