import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootstrapOwnSchema, ownSchemaFiles } from '../../src/platform/db/bootstrapOwnSchema.ts';
import { type Catalog, compareCatalogs, readCatalog } from '../../src/platform/db/catalog/index.ts';
import type { Db } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { withEmptyDatabase } from '../harness/emptyDatabase.ts';
import { type Contents, fill, readContents, valuesOf } from './upgradeData.ts';

const names = readdirSync(ownSchemaFiles.migrations).sort();

/** Columns whose values a migration changes in rows that are there, on purpose. */
const rewritten: Record<string, readonly string[]> = {
  '0004_projects_and_keys.sql': ['teams.name'],
};

let snapshot: Catalog;

beforeAll(async () => {
  snapshot = await withEmptyDatabase(async ({ db }) => {
    await bootstrapOwnSchema(db);
    return readCatalog(db, 'schema');
  });
});

test.each(names)('a database in use after %s comes to today without losing a row', (newest) =>
  withEmptyDatabase(async ({ db }) => {
    const ran = names.slice(0, names.indexOf(newest) + 1);
    await migrateWith(db, ran);
    await fill(db, ran.length);
    const before = await readContents(db);
    expect(emptyTables(before), 'needs rows in test/migrations/data').toEqual([]);

    const { applied } = await bootstrapOwnSchema(db);

    expect(applied).toEqual(names.slice(ran.length));
    expectKept(before, await readContents(db), applied);
    expect(await invalidObjects(db)).toEqual([]);
    const upgraded = await readCatalog(db, 'schema');
    expect(compareCatalogs(upgraded, snapshot, ['the upgrade', 'the snapshot'])).toEqual([]);
  }),
);

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

async function migrateWith(db: Db, files: string[]): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-migrations-'));
  directories.push(directory);
  for (const name of files) copyFileSync(join(ownSchemaFiles.migrations, name), join(directory, name));
  await migrate(db, directory);
}

function emptyTables(contents: Contents): string[] {
  return [...contents].filter(([, rows]) => rows.length === 0).map(([name]) => name);
}

function expectKept(before: Contents, after: Contents, applied: string[]): void {
  const changed = applied.flatMap((name) => rewritten[name] ?? []);
  for (const [table, rows] of before) {
    const columns = Object.keys(rows[0] ?? {}).filter((column) => !changed.includes(`${table}.${column}`));
    expect(valuesOf(after.get(table) ?? [], columns), table).toEqual(valuesOf(rows, columns));
  }
}

/** Constraints that were never checked against all rows, and indexes that were not built to their end. */
async function invalidObjects(db: Db): Promise<string[]> {
  const rows = await db.many<{ name: string }>(sql`
    select conname as name from pg_constraint where not convalidated
    union all select indexrelid::regclass::text from pg_index where not indisvalid`);
  return rows.map(({ name }) => name);
}
