import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { raw } from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/harness/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/index.ts';
import { explainConnectionError } from './connectionError.ts';
import { openDatabase } from './database.ts';
import { assertSupportedServer, connectionFromUrl, findProblem } from './externalServer.ts';

const secret = 'hunter2%21';
let directory: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-external-'));
  const hba = join(directory, 'hba.conf');
  await writeFile(hba, 'local all guest scram-sha-256\nlocal all stranger reject\nlocal all all trust\n', {
    mode: 0o644,
  });
  server = await startEmbeddedPostgres({ dataDir: directory, settings: { hba_file: hba, fsync: 'off' } });
  const db = openDatabase(server.connection);
  await db.run(
    raw(`create role guest login password '${decodeURIComponent(secret)}'; create role stranger login`),
  );
  await db.run(raw('create database guests owner guest; '));
  await db.run(
    raw(`create database latin encoding 'LATIN1' locale 'C' locale_provider libc template template0`),
  );
  await db.close();
});

afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true });
});

const urlFor = (userInfo: string, database: string) =>
  `postgresql://${userInfo}@localhost/${database}?host=${encodeURIComponent(String(server.connection.host))}`;

async function failureOf(url: string): Promise<Error> {
  const db = openDatabase(connectionFromUrl(url));
  try {
    await assertSupportedServer(db);
  } catch (error) {
    expect(error).toMatchObject({ name: 'AppError', code: 'unavailable' });
    expect(inspect(error, { depth: 9 })).not.toMatch(/hunter2|wrong-password/);
    return error as Error;
  } finally {
    await db.close();
  }
  throw new Error(`${url} was accepted`);
}

test('accepts the server of the tests, and a password', async () => {
  const database = await createTestDatabase();
  await assertSupportedServer(database.db);
  await database.drop();
  const db = openDatabase(connectionFromUrl(urlFor(`guest:${secret}`, 'guests')));
  await assertSupportedServer(db);
  await db.close();
});

test('a wrong or missing password', async () => {
  expect((await failureOf(urlFor('guest:wrong-password', 'guests'))).message).toMatch(
    /refuses the password of user guest\./,
  );
  expect((await failureOf(urlFor('guest', 'guests'))).message).toMatch(
    /refuses the password of user guest\./,
  );
});

test('a role that is missing or not admitted', async () => {
  expect((await failureOf(urlFor('nobody', 'guests'))).message).toMatch(
    /does not admit user nobody to database guests/,
  );
  expect((await failureOf(urlFor('stranger', 'guests'))).message).toMatch(/does not admit user stranger/);
});

test('a missing database', async () => {
  const { message } = await failureOf(urlFor(`guest:${secret}`, 'nowhere'));
  expect(message).toMatch(/has no database nowhere\. Create it: create database "nowhere" owner "guest"/);
});

test('a database in which the user may not create tables', async () => {
  const { message } = await failureOf(urlFor(`guest:${secret}`, 'slipway'));
  expect(message).toMatch(/grant create on schema public to "guest"/);
});

test('a database of another encoding', async () => {
  expect((await failureOf(urlFor('slipway', 'latin'))).message).toMatch(
    /encoding LATIN1; Slipway needs UTF8/,
  );
});

test('nobody at that address', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const { port } = listener.address() as { port: number };
  await new Promise((resolve) => listener.close(resolve));
  const { message } = await failureOf(`postgresql://guest:${secret}@127.0.0.1:${port}/guests`);
  expect(message).toBe(
    `no PostgreSQL answers at 127.0.0.1:${port}. Start it, or correct the host and port in DATABASE_URL`,
  );
  expect((await failureOf(`postgresql://guest:${secret}@localhost/x?host=/nowhere`)).message).toMatch(
    /answers at \/nowhere/,
  );
});

test('a host without a name', async () => {
  expect((await failureOf(`postgresql://guest:${secret}@nowhere.invalid/guests`)).message).toMatch(
    /cannot be found/,
  );
});

test('a name with a sign that encodes nothing', () => {
  const connection = connectionFromUrl(`postgresql://guest:100%@localhost/100%zz`);
  const failure = Object.assign(new Error('no such database'), { code: '3D000' });
  expect(String(explainConnectionError(failure, connection))).toMatch(/no database 100%zz/);
});

test('refuses what is no database URL, without repeating it', () => {
  for (const url of [
    'hunter2',
    'mysql://me:hunter2@host/db',
    'postgresql://me:hunter2@host',
    'postgresql://me:hunter2%ff@host/db',
    'postgresql://me:hunter2@host/%ff',
  ]) {
    expect(() => connectionFromUrl(url)).toThrow(/^DATABASE_URL (?!.*hunter2)/);
  }
});

test('a certificate that is not there', () => {
  expect(() => connectionFromUrl('postgresql://me@host/db?sslrootcert=/nowhere/root.pem')).toThrow(
    'a certificate or key that DATABASE_URL names cannot be read (ENOENT)',
  );
});

test('an old server and a standby', () => {
  const facts = {
    ...{ version: '14.9', versionNumber: 140_009, encoding: 'UTF8', standby: false },
    ...{ user: 'slipway', database: 'slipway', schema: 'public', mayCreate: true },
  };
  expect(findProblem(facts)).toMatch(/is PostgreSQL 14\.9; Slipway needs 15 or later/);
  expect(findProblem({ ...facts, versionNumber: 150_000 })).toBeUndefined();
  expect(findProblem({ ...facts, versionNumber: 160_001, standby: true })).toMatch(/read-only standby/);
});
