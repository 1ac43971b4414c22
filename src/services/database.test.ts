import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import { withDatabase } from '../../test/harness/connectionUrl.ts';
import { connectionFromUrl } from '../platform/db/externalServer.ts';
import { createLogger } from '../platform/log.ts';
import { migrateDatabase } from './database.ts';

const { adminUrl, prefix } = inject('database');
// A name that needs quotes. The test run drops whatever begins with its prefix.
const name = `${prefix}_own-${randomBytes(4).toString('hex')}`;
const role = `${prefix}_guest`;
const connection = connectionFromUrl(withDatabase(adminUrl, name));
const log = createLogger('test', 'silent');

afterEach(() => administer(`drop database if exists "${name}"; drop role if exists ${role}`));

test('a database that is missing is made, once, and found ready afterwards', async () => {
  const changes = await Promise.all([1, 2, 3].map(() => migrateDatabase(connection, log)));
  expect(changes.filter(({ created }) => created)).toHaveLength(1);
  expect(changes.filter(({ loadedSnapshot }) => loadedSnapshot)).toHaveLength(1);
  const again = await migrateDatabase(connection, log);
  expect(again).toEqual({ database: name, created: false, loadedSnapshot: false, applied: [] });
});

test('who may not create it is told what to do', async () => {
  await administer(`create role ${role} login password 'guest'`);
  const url = new URL(withDatabase(adminUrl, name));
  url.username = role;
  url.password = 'guest';
  const refusal = migrateDatabase(connectionFromUrl(url.href), log);
  await expect(refusal).rejects.toMatchObject({ code: 'forbidden' });
});

async function administer(statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements.split('; ')) await client.query(statement);
  } finally {
    await client.end();
  }
}
