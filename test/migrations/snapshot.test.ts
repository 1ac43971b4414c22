import { readFileSync } from 'node:fs';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { bootstrapOwnSchema, ownSchemaFiles } from '../../src/platform/db/bootstrapOwnSchema.ts';
import { compareCatalogs, readCatalog } from '../../src/platform/db/catalog/index.ts';
import { createEmptyTestDatabase } from '../harness/database.ts';
import { replay } from './replay.ts';

test('the snapshot with later migrations makes, object by object, what a replay of all migrations makes', async () => {
  await using replayed = await createEmptyTestDatabase();
  await using bootstrapped = await createEmptyTestDatabase();
  await replay(replayed.db, ownSchemaFiles.migrations);
  expect((await bootstrapOwnSchema(bootstrapped.db)).loadedSnapshot).toBe(true);
  expect(compareCatalogs(await readCatalog(replayed.db), await readCatalog(bootstrapped.db))).toEqual([]);
});

test('schema.sql is what npm run schema:dump writes now', async ({ skip }) => {
  await using database = await createEmptyTestDatabase();
  const { version } = await database.db.one<{ version: number }>(
    sql`select current_setting('server_version_num')::int / 10000 as version`,
  );
  skip(version !== 18, 'servers of other versions word some expressions differently');
  expect(await replay(database.db, ownSchemaFiles.migrations)).toBe(
    readFileSync(ownSchemaFiles.snapshot, 'utf8'),
  );
});
