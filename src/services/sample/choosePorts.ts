import { once } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, systemCode } from '../../platform/errors.ts';

const Ports = z.object({ staging: z.int(), production: z.int(), public: z.int() });

/** The port of each environment of the sample. */
export type SamplePorts = z.infer<typeof Ports>;

const preferred: SamplePorts = { staging: 7071, production: 7072, public: 7073 };
const patienceMs = 2000;

/**
 * The ports of the time before, where they are free; else the usual ones, else any. Remembers them in `file`.
 * A port that was ours may be held for a moment by a service that is just ending.
 */
export async function choosePorts(file: string, address: string): Promise<SamplePorts> {
  const remembered = await readPorts(file);
  const taken = new Set<number>();
  async function choose(environment: keyof SamplePorts): Promise<number> {
    const before = remembered?.[environment];
    const wanted = before ?? preferred[environment];
    const port = (await isFree(wanted, address, before === undefined ? 0 : patienceMs))
      ? wanted
      : await freePort(address, taken);
    taken.add(port);
    return port;
  }
  const ports: SamplePorts = {
    staging: await choose('staging'),
    production: await choose('production'),
    public: await choose('public'),
  };
  await writePorts(file, ports);
  return ports;
}

async function readPorts(file: string): Promise<SamplePorts | undefined> {
  try {
    return Ports.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function writePorts(file: string, ports: SamplePorts): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${JSON.stringify(ports, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}

async function isFree(port: number, address: string, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while ((await tryListen(port, address)) === undefined) {
    if (Date.now() >= deadline) return false;
    await delay(50);
  }
  return true;
}

/** Any free port that was not given away already. */
async function freePort(address: string, taken: ReadonlySet<number>): Promise<number> {
  for (;;) {
    const port = await tryListen(0, address);
    if (port === undefined)
      throw new AppError('unavailable', `no port is free at ${address} for the sample app`);
    if (!taken.has(port)) return port;
  }
}

/** The port if it can be listened on; undefined when it is taken. */
async function tryListen(port: number, address: string): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, address);
    await once(server, 'listening');
    const bound = server.address();
    return bound !== null && typeof bound === 'object' ? bound.port : undefined;
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE' || systemCode(error) === 'EACCES') return undefined;
    throw error;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
