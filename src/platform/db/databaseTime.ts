import sql from 'sql-template-tag';
import type { Queryable } from './database.ts';

/** What the clock of the database says, in milliseconds. It may be another machine's. */
export async function databaseTime(db: Queryable): Promise<number> {
  const { ms } = await db.one<{ ms: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  return ms;
}
