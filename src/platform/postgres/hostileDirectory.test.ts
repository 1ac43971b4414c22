import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  asOrdinaryUser,
  firstLine,
  isRoot,
  kill,
  mountRefused,
  ordinaryId,
  query,
  Scratch,
  spawnHolder,
  whyNotOrdinary,
} from '../../../test/harness/embeddedPostgres.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';

const scratch = new Scratch();
const cleanups: (() => Promise<void>)[] = [];
let pristine: string;

beforeAll(async () => {
  pristine = scratch.directory();
  const server = await startEmbeddedPostgres({ dataDir: pristine });
  await query(server.connection, 'create table cargo (crate text); create table ballast (stone text)');
  await server.stop();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(() => scratch.removeAll());

function existingDataDir(path = scratch.directory()): string {
  execFileSync('cp', ['-a', `${pristine}/.`, path]);
  return path;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  cleanups.push(() => server.stop());
  return server;
}

/** Starts as an ordinary user; answers the error. */
async function failureAsOrdinaryUser(dataDir: string): Promise<string | undefined> {
  const child = spawnHolder(dataDir, asOrdinaryUser);
  cleanups.push(() => kill(child));
  return (await firstLine(child)).error;
}

/** Leaves no more than `freeBytes` on the file system; answers the file that fills it. */
function fill(directory: string, freeBytes: number): string {
  const { bavail, bsize } = statfsSync(directory);
  const filler = join(directory, 'filler');
  execFileSync('fallocate', ['--length', String(bavail * bsize - freeBytes), filler]);
  return filler;
}

test('a disk too small for a new database: a plain message, and nothing left behind', async ({ skip }) => {
  const dataDir = scratch.mount(['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs']);
  if (dataDir === undefined) return skip(mountRefused);
  await expect(start(dataDir)).rejects.toMatchObject({
    code: 'unavailable',
    message: `PostgreSQL could not create its database: the disk of ${dataDir} is full. Free some space there, or set SLIPWAY_DATA_DIR to another directory`,
  });
  expect(readdirSync(dataDir)).toEqual([]);
  scratch.remount(dataDir, 'size=200m');
  const server = await start(dataDir);
  expect(await query(server.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a disk that is full at the start', async ({ skip }) => {
  const dataDir = scratch.mount(['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs']);
  if (dataDir === undefined) return skip(mountRefused);
  existingDataDir(dataDir);
  const filler = fill(dataDir, 0);
  await expect(start(dataDir)).rejects.toThrow(
    /^PostgreSQL could not start: the disk of .* is full\. Free some space/,
  );
  rmSync(filler);
  await start(dataDir);
});

test('a disk that fills up while the server runs: it says so, and runs again once there is space', async ({
  skip,
}) => {
  const dataDir = scratch.mount(['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs']);
  if (dataDir === undefined) return skip(mountRefused);
  const server = await start(existingDataDir(dataDir));
  await query(server.connection, 'insert into cargo values ($$the first crate$$)');
  const filler = fill(dataDir, 8_000_000);
  await fillTheLog(server);
  expect(await server.exited).toMatchObject({
    requested: false,
    message: expect.stringMatching(/^PostgreSQL ended: the disk of .* is full\. Free some space/),
  });
  rmSync(filler);
  const next = await start(dataDir);
  expect(await query(next.connection, 'select crate from cargo')).toEqual([{ crate: 'the first crate' }]);
});

test('a read-only file system, new and existing', async ({ skip }) => {
  const dataDir = scratch.mount(['-t', 'tmpfs', '-o', 'size=200m,ro', 'tmpfs']);
  if (dataDir === undefined) return skip(mountRefused);
  const message = /is on a read-only file system\. Remount it writable, or set SLIPWAY_DATA_DIR/;
  await expect(start(dataDir)).rejects.toThrow(message);
  scratch.remount(dataDir, 'rw');
  await (await startEmbeddedPostgres({ dataDir })).stop();
  scratch.remount(dataDir, 'ro');
  await expect(start(dataDir)).rejects.toThrow(message);
});

test('a directory that may not be written', async ({ skip }) => {
  const reason = whyNotOrdinary();
  if (reason) return skip(reason);
  const dataDir = scratch.directory(ordinaryId);
  chmodSync(dataDir, 0o500);
  expect(await failureAsOrdinaryUser(dataDir)).toMatch(
    /^\/.* is not writable by the user that runs Slipway \(uid \d+\)\. Give that user the directory \(chown\), or set/,
  );
});

test('a database that another user created', async ({ skip }) => {
  skip(!isRoot, 'giving a directory away needs root');
  const dataDir = existingDataDir();
  chownSync(join(dataDir, 'postgres'), 1234, 1234);
  await expect(start(dataDir)).rejects.toThrow(
    /postgres belongs to uid 1234, but this Slipway runs PostgreSQL as uid 65534\. .* chown -R 65534:65534 \/.*\/postgres$/,
  );
});

test('a database of another major version', async () => {
  const dataDir = existingDataDir();
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n');
  await expect(start(dataDir)).rejects.toThrow(
    /was written by PostgreSQL 17, but this Slipway brings PostgreSQL 18, which cannot read it\. .* pg_dump and pg_restore/,
  );
});

test('a directory that is no database', async () => {
  const dataDir = scratch.directory();
  mkdirSync(join(dataDir, 'postgres'));
  if (isRoot) chownSync(join(dataDir, 'postgres'), ordinaryId, ordinaryId);
  await expect(start(dataDir)).rejects.toThrow(
    /is not a PostgreSQL data directory \(it has no PG_VERSION\)\. Move it away/,
  );
});

test('a damaged database is not hidden behind a general message', async () => {
  const dataDir = existingDataDir();
  rmSync(join(dataDir, 'postgres/global/pg_control'));
  await expect(start(dataDir)).rejects.toThrow(
    /PostgreSQL could not start: .*could not (open|find) .*pg_control/,
  );
});

test('setpriv is missing', async () => {
  const child = spawnHolder(existingDataDir(), ['env', 'PATH=/nonexistent']);
  cleanups.push(() => kill(child));
  const expected = 'the program setpriv is missing. Install it: apt-get install util-linux';
  expect((await firstLine(child)).error).toBe(expected);
});

/** Writes until the server is gone: a full table only fails its statement, a full log ends the server. */
async function fillTheLog(server: EmbeddedPostgres): Promise<void> {
  const write = `insert into ballast select repeat('x', 100) from generate_series(1, 20000)`;
  for (const statement of Array.from({ length: 50 }, () => [write, 'select pg_switch_wal()']).flat()) {
    const refused = await query(server.connection, statement).catch((error: Error) => error);
    if (refused instanceof Error && /ECONNREFUSED|ENOENT|terminated/.test(refused.message)) return;
  }
}
