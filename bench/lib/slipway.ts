import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type Client, createClient } from '../../src/contract/client.ts';
import { dataPaths } from '../../src/platform/dataPaths.ts';
import { packageRoot } from '../../src/platform/settings.ts';
import { eventually } from './eventually.ts';
import { freePort } from './freePort.ts';
import type { Scratch } from './scratch.ts';

/** A Slipway in processes of its own, as people run it. */
export interface RunningSlipway {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** With the rights of the machine's own token. */
  readonly client: Client;
  stop(): Promise<void>;
}

export interface SlipwayOptions {
  readonly dataDir: string;
  /** What to start: everything, by default. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts `bin/slipway` and waits until `/healthz` answers 200. It is stopped when the benchmark ends. */
export async function startSlipway(scratch: Scratch, options: SlipwayOptions): Promise<RunningSlipway> {
  const slipway = await launchSlipway(options);
  scratch.onEnd(() => slipway.stop());
  await untilHealthy(slipway);
  const token = (await readFile(dataPaths(options.dataDir).machineToken, 'utf8')).trim();
  const headers = { authorization: `Bearer ${token}` };
  return { ...slipway, client: createClient({ baseUrl: slipway.url, headers }) };
}

type Launched = Omit<RunningSlipway, 'client'>;

/** Starts it and does not wait. */
export async function launchSlipway(options: SlipwayOptions): Promise<Launched> {
  const { dataDir, command = ['up'], environment = {} } = options;
  const port = await freePort();
  const child = spawn(`${packageRoot}/bin/slipway`, command, {
    env: {
      ...process.env,
      SLIPWAY_LOG_LEVEL: 'error',
      ...environment,
      SLIPWAY_DATA_DIR: dataDir,
      SLIPWAY_PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url: `http://127.0.0.1:${port}`, dataDir, process: child, stop };
}

/** Resolves as soon as it answers 200. */
export async function untilHealthy({ url, process: child }: Launched): Promise<void> {
  await eventually(
    `${url}/healthz answers 200`,
    async () => {
      if (child.exitCode !== null) throw new Error(`slipway ended with exit code ${child.exitCode}`);
      return (await answers(`${url}/healthz`)) === 200;
    },
    { everyMs: 2 },
  );
}

async function answers(url: string): Promise<number | undefined> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status;
  } catch {
    // Not listening yet; why it does not come up at all is told by its own stderr.
    return undefined;
  }
}
