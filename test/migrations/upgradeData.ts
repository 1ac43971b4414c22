import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sql, { raw } from 'sql-template-tag';
import type { Db } from '../../src/platform/db/database.ts';

const directory = join(import.meta.dirname, 'data');

/**
 * Fills a database that has run the migrations up to `version` with the files of `data/` that suit it: `0004_x.sql`
 * from migration 4 on, `0001-0003_x.sql` only until migration 3.
 */
export async function fill(db: Db, version: number): Promise<void> {
  for (const name of (await readdir(directory)).sort()) {
    const [, from, until = '9999'] = /^(\d{4})(?:-(\d{4}))?_[a-z0-9_]+\.sql$/.exec(name) ?? [];
    if (from === undefined) throw new Error(`data/${name} must be named like 0004_x.sql or 0001-0003_x.sql`);
    if (version < Number(from) || version > Number(until)) continue;
    const text = await readFile(join(directory, name), 'utf8');
    await db.run(raw(text)).catch((cause: Error) => {
      throw new Error(`data/${name} after migration ${version}: ${cause.message}`, { cause });
    });
  }
}

/** Rows of each table as JSON; what ran is no data. */
export type Contents = Map<string, Record<string, unknown>[]>;

export async function readContents(db: Db): Promise<Contents> {
  const tables = await db.many<{ name: string }>(sql`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname <> 'schema_migrations'
    order by relname`);
  const contents: Contents = new Map();
  for (const { name } of tables) {
    const rows = await db.many<{ row: Record<string, unknown> }>(
      sql`select to_jsonb(t) as row from ${raw(`"${name}"`)} t`,
    );
    contents.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return contents;
}

/** The values of these columns in each row of a table, in an order that depends on nothing else. */
export function valuesOf(rows: Record<string, unknown>[], columns: string[]): string[] {
  return rows.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort();
}
