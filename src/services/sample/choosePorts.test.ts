import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { choosePorts } from './choosePorts.ts';

const address = '127.0.0.1';

async function portsFile(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-ports-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'ports.json');
}

async function takePort(): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('a server without a port');
  return bound.port;
}

test('ports are remembered', async () => {
  const file = await portsFile();
  const chosen = await choosePorts(file, address);
  expect(new Set(Object.values(chosen)).size).toBe(3);
  expect(await choosePorts(file, address)).toEqual(chosen);
});

test('a port that somebody else has now is replaced, the others stay', async () => {
  const file = await portsFile();
  const before = await choosePorts(file, address);
  const taken = await takePort();
  await writeFile(file, JSON.stringify({ ...before, production: taken }));
  const after = await choosePorts(file, address);
  expect(after.production).not.toBe(taken);
  expect(after).toMatchObject({ staging: before.staging, public: before.public });
  expect(await choosePorts(file, address)).toEqual(after);
});

test('a file that is not to be understood is written anew', async () => {
  const file = await portsFile();
  await writeFile(file, '{"staging": ');
  const chosen = await choosePorts(file, address);
  expect(await choosePorts(file, address)).toEqual(chosen);
});
