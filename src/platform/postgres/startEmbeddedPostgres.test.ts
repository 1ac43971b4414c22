import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  asOrdinaryUser,
  firstLine,
  kill,
  query,
  Scratch,
  spawnHolder,
  until,
} from '../../../test/harness/embeddedPostgres.ts';
import { isAlive, processIdentity } from '../processes/identity.ts';
import { findBinaries } from './binaries.ts';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './index.ts';

const scratch = new Scratch();
const cleanups: (() => Promise<void>)[] = [];
let pristine: string;

beforeAll(async () => {
  pristine = scratch.directory();
  const server = await startEmbeddedPostgres({ dataDir: pristine });
  await query(server.connection, 'create table ship (name text); insert into ship values ($$Vasa$$)');
  await server.stop();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(() => scratch.removeAll());

/** A copy of a data directory whose server was stopped in order. */
function existingDataDir(path = scratch.directory()): string {
  execFileSync('cp', ['-a', `${pristine}/.`, path]);
  return path;
}

async function start(
  dataDir: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ...options });
  cleanups.push(() => server.stop());
  return server;
}

async function hold(dataDir: string, prefix: string[] = []) {
  const child = spawnHolder(dataDir, prefix);
  cleanups.push(() => kill(child));
  const { pid, ...held } = await firstLine(child);
  expect(held.error).toBeUndefined();
  const identity = processIdentity(pid);
  if (identity === undefined) throw new Error('the held server does not run');
  return { child, server: identity, connection: held.connection };
}

const ships = ({ connection }: Pick<EmbeddedPostgres, 'connection'>) =>
  query(connection, 'select name from ship');

test('creates a database in UTF-8 that only its own user can reach, and keeps what is written', async () => {
  const dataDir = scratch.directory();
  const server = await start(dataDir, { settings: { work_mem: '5MB' } });
  expect(server).toMatchObject({ adopted: false, version: expect.stringMatching(/^18\./) });
  const facts = await query(
    { connectionString: server.url },
    `select current_database() as database, current_setting('server_encoding') as encoding,
      current_setting('listen_addresses') as addresses, current_setting('work_mem') as work_mem,
      current_setting('fsync') as fsync, current_setting('data_checksums') as checksums`,
  );
  const expected = {
    database: 'slipway',
    encoding: 'UTF8',
    addresses: '',
    work_mem: '5MB',
    fsync: 'on',
    checksums: 'on',
  };
  expect(facts).toEqual([expected]);
  expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  expect(statSync(dataDir).mode & 0o007).toBe(0);
  await query(server.connection, 'create table ship as select $$Vasa$$ as name');
  await server.stop();
  expect(await server.exited).toMatchObject({ requested: true });
  expect(await ships(await start(dataDir))).toEqual([{ name: 'Vasa' }]);
});

test('the server ends with a Slipway that is killed, and the next one finds everything', async () => {
  const dataDir = existingDataDir();
  const held = await hold(dataDir);
  await query(held.connection, 'insert into ship values ($$Mary Rose$$)');
  await kill(held.child);
  const server = await start(dataDir);
  expect(server.adopted).toBe(false);
  expect(isAlive(held.server)).toBe(false);
  expect(await ships(server)).toEqual([{ name: 'Vasa' }, { name: 'Mary Rose' }]);
});

test('the server ends by itself when its Slipway is killed', async () => {
  const held = await hold(existingDataDir());
  await kill(held.child);
  await until(() => !isAlive(held.server), 'the server has ended');
});

test('kill -9 at any moment of a start leaves a directory that starts', async () => {
  const dataDir = scratch.directory();
  for (const lifeMs of [60, 150, 250, 400, 600, 900]) {
    const child = spawnHolder(dataDir);
    await delay(lifeMs); // the moment of the kill is what the test varies
    await kill(child);
  }
  const server = await start(dataDir);
  expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  expect(readdirSync(dataDir)).toEqual(['postgres']);
});

test('an orphan that nobody told to stop is shut down and replaced', async () => {
  const dataDir = existingDataDir();
  const cluster = join(dataDir, 'postgres');
  const { postgres } = await findBinaries();
  const [file = '', ...args] = [...asOrdinaryUser, postgres, '-D', cluster, '-c', 'listen_addresses='];
  const orphan = spawn(file, [...args, '-c', `unix_socket_directories=${cluster}`], {
    detached: true,
    stdio: 'ignore',
  });
  cleanups.push(() => kill(orphan));
  await until(() => existsSync(join(cluster, '.s.PGSQL.5432')), 'the orphan listens');
  const server = await start(dataDir);
  expect(server.adopted).toBe(false);
  expect(orphan.exitCode).toBe(0);
  expect(await ships(server)).toEqual([{ name: 'Vasa' }]);
});

test('a server of another living process is adopted, and outlives the adoption', async () => {
  const dataDir = existingDataDir();
  const held = await hold(dataDir);
  const adopted = await start(dataDir);
  expect(adopted).toMatchObject({ adopted: true, connection: held.connection });
  expect(await ships(adopted)).toEqual([{ name: 'Vasa' }]);
  await adopted.stop();
  expect(await adopted.exited).toMatchObject({ requested: true });
  expect(isAlive(held.server)).toBe(true);

  const again = await start(dataDir);
  await kill(held.child, 'SIGTERM');
  expect(await again.exited).toMatchObject({ requested: false });
});

test('a server that dies says so, and can be started again at the same address', async () => {
  const dataDir = existingDataDir();
  const server = await start(dataDir);
  const pid = Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);
  const busy = query(server.connection, 'select pg_sleep(60)').catch(() => 'broken');
  process.kill(pid, 'SIGKILL');
  const exit = await server.exited;
  expect(exit).toEqual({
    requested: false,
    message: expect.stringContaining('PostgreSQL ended: it was ended by SIGKILL'),
  });
  const next = await start(dataDir);
  expect(await ships(next)).toEqual([{ name: 'Vasa' }]);
  expect(next.connection).toEqual(server.connection);
  expect(await busy).toBe('broken');
});

test('a pid file whose pid now belongs to another process does not block', async () => {
  const dataDir = existingDataDir();
  const cluster = join(dataDir, 'postgres');
  // Of the server's own user, or PostgreSQL itself would see that it is another's.
  const [file = '', ...args] = [...asOrdinaryUser, 'sleep', '60'];
  const stranger = spawn(file, args);
  cleanups.push(() => kill(stranger));
  await once(stranger, 'spawn');
  const facts = [stranger.pid, cluster, 1_700_000_000, 5432, cluster, '', ' 1234 5', 'ready', ''].join('\n');
  writeFileSync(join(cluster, 'postmaster.pid'), facts, { mode: 0o644 });
  writeFileSync(join(cluster, '.s.PGSQL.5432.lock'), facts, { mode: 0o644 });
  expect(await ships(await start(dataDir))).toEqual([{ name: 'Vasa' }]);
  expect(stranger.exitCode).toBe(null);
});

test('a server that cannot be seen, as in another container, is not disturbed', async ({ skip }) => {
  const namespace = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
  skip(spawnSync('unshare', [...namespace.slice(1), 'true']).status !== 0, 'a new pid namespace needs root');
  const dataDir = existingDataDir();
  const child = spawnHolder(dataDir, namespace);
  cleanups.push(() => kill(child));
  const held = await firstLine(child);
  const failure = startEmbeddedPostgres({ dataDir, lockTimeoutSeconds: 0.3 });
  await expect(failure).rejects.toThrow(
    /another PostgreSQL still runs on .*, perhaps in another container\. Stop it/,
  );
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(true);
  expect(await ships(held)).toEqual([{ name: 'Vasa' }]);
});

test('Ctrl-C in the terminal reaches Slipway alone', async () => {
  const held = await hold(existingDataDir());
  process.kill(-(held.child.pid ?? 0), 'SIGINT');
  expect(await ships(held)).toEqual([{ name: 'Vasa' }]);
  expect(isAlive(held.server)).toBe(true);
});

test('a path too long for a socket gets one elsewhere, the same each time, and takes it away', async () => {
  const dataDir = join(scratch.directory(), 'x'.repeat(100));
  mkdirSync(dataDir);
  existingDataDir(dataDir);
  const server = await start(dataDir);
  const socketDirectory = String(server.connection.host);
  expect(socketDirectory.length).toBeLessThan(90);
  expect(statSync(socketDirectory).mode & 0o777).toBe(0o700);
  expect(await ships(server)).toEqual([{ name: 'Vasa' }]);
  await server.stop();
  expect(existsSync(socketDirectory)).toBe(false);
  const next = await start(dataDir);
  expect(next.connection).toEqual(server.connection);
});

test('what an interrupted creation left is cleared away', async () => {
  const dataDir = existingDataDir();
  cpSync(join(dataDir, 'postgres/PG_VERSION'), join(dataDir, 'postgres.unfinished-abc123/PG_VERSION'));
  await start(dataDir);
  expect(readdirSync(dataDir)).toEqual(['postgres']);
});
