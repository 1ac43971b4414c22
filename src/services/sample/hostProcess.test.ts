import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { processesOf } from '../../../test/harness/sample.ts';
import { eventually } from '../../../test/harness/ship.ts';
import { createLogger } from '../../platform/log.ts';
import { choosePorts, type SamplePorts } from './choosePorts.ts';
import { type HostProcess, startHost } from './hostProcess.ts';

interface Machine {
  readonly directory: string;
  readonly ports: SamplePorts;
  readonly host: HostProcess;
  /** Installs a program as the release of staging and makes it current, as a deploy does. */
  release(name: string, script: string): Promise<void>;
  /** The text of staging's page; undefined while nothing answers. */
  page(): Promise<string | undefined>;
}

async function startMachine(): Promise<Machine> {
  const directory = await mkdtemp(join(tmpdir(), 'slipway-host-'));
  const ports = await choosePorts(join(directory, 'ports.json'), '127.0.0.1');
  const host = startHost(directory, '127.0.0.1', ports, createLogger('test', 'silent'));
  onTestFinished(async () => {
    await host.stop();
    await eventually('no process is left', async () => (await processesOf(directory)).length === 0);
    await rm(directory, { recursive: true, force: true });
  });
  return {
    directory,
    ports,
    host,
    release: async (name, script) => {
      const release = join(directory, 'staging', 'releases', name);
      await mkdir(release, { recursive: true });
      await writeFile(join(release, 'start'), `#!/usr/bin/env node\n${script}`);
      await chmod(join(release, 'start'), 0o755);
      await symlink(`releases/${name}`, join(directory, 'staging', 'next'));
      await rename(join(directory, 'staging', 'next'), join(directory, 'staging', 'current'));
    },
    page: async () =>
      fetch(`http://127.0.0.1:${ports.staging}/`).then(
        (response) => response.text(),
        () => undefined,
      ),
  };
}

const serve = (text: string) => `
  const { HOST, PORT } = process.env;
  require('node:http').createServer((request, response) => {
    if (request.url === '/crash') process.exit(1);
    response.end('${text} by ' + process.pid);
  }).listen(Number(PORT), HOST);
`;

test('it says that nothing is there, runs what becomes current, and runs it again when it ends', async () => {
  const machine = await startMachine();
  const shows = (text: string) =>
    eventually(`the page shows ${text}`, async () => (await machine.page())?.includes(text) ?? false);
  await shows('Nothing is here yet');
  await machine.release('1', serve('one'));
  await shows('one');
  await machine.release('2', serve('two'));
  await shows('two');

  const before = await machine.page();
  await fetch(`http://127.0.0.1:${machine.ports.staging}/crash`).catch(() => undefined);
  await shows('two');
  expect(await machine.page()).not.toBe(before);
});

test('a release that does not start, or does not want to end, is no obstacle to the next', async () => {
  const machine = await startMachine();
  await machine.release('1', 'process.exit(1)');
  await machine.release('2', `process.on('SIGTERM', () => {}); ${serve('stubborn')}`);
  const shows = (text: string) =>
    eventually(`the page shows ${text}`, async () => (await machine.page())?.includes(text) ?? false);
  await shows('stubborn');
  await machine.release('3', serve('three'));
  await shows('three');
});

test('nothing outlives it, whichever way it ends', async () => {
  const machine = await startMachine();
  await machine.release('1', `process.on('SIGTERM', () => {}); ${serve('one')}`);
  await eventually('it runs', async () => (await machine.page())?.includes('one') ?? false);
  const before = await machine.page();
  for (const pid of await hostsOf(machine.directory)) process.kill(pid, 'SIGKILL');
  await eventually('another host runs it again, in another process', async () => {
    const page = await machine.page();
    return page !== before && (page?.includes('one') ?? false);
  });
  await machine.host.stop();
  expect(await processesOf(machine.directory)).toEqual([]);
});

/** The host itself: it has the directory in its arguments, the services only have it as their place. */
async function hostsOf(directory: string): Promise<number[]> {
  const pids = await processesOf(directory);
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => lines[index]?.includes('host/main.ts')).map(Number);
}
