import { readFileSync } from 'node:fs';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { bootstrapOwnSchema, ownSchemaFiles } from '../../src/platform/db/bootstrapOwnSchema.ts';
import { compareCatalogs, readCatalog } from '../../src/platform/db/catalog/index.ts';
import { withEmptyDatabase } from '../harness/emptyDatabase.ts';
import { replay } from './replay.ts';

test('the snapshot with later migrations makes, object by object, what a replay of all migrations makes', async () => {
  const replayed = await withEmptyDatabase(async ({ db }) => {
    await replay(db, ownSchemaFiles.migrations);
    return readCatalog(db);
  });
  const bootstrapped = await withEmptyDatabase(async ({ db }) => {
    expect((await bootstrapOwnSchema(db)).loadedSnapshot).toBe(true);
    return readCatalog(db);
  });
  expect(compareCatalogs(replayed, bootstrapped)).toEqual([]);
});

test('schema.sql is what npm run schema:dump writes now', async ({ skip }) => {
  await withEmptyDatabase(async ({ db }) => {
    const { version } = await db.one<{ version: number }>(
      sql`select current_setting('server_version_num')::int / 10000 as version`,
    );
    skip(version !== 18, 'servers of other versions word some expressions differently');
    const written = await replay(db, ownSchemaFiles.migrations);
    expect(written).toBe(readFileSync(ownSchemaFiles.snapshot, 'utf8'));
  });
});
