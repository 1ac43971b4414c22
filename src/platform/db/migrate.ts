import { raw } from 'sql-template-tag';
import { AppError } from '../errors.ts';
import type { Db, Tx } from './database.ts';
import { type Migration, readMigrations } from './migrationFiles.ts';
import {
  assertSameHistory,
  ensureHistory,
  lockSchema,
  readHistory,
  recordMigration,
} from './migrationHistory.ts';

/**
 * Brings the database to the newest `NNNN_name.sql` of `directory`, forward only. Each file runs in its own
 * transaction together with its row in `schema_migrations`, so a crash leaves whole migrations. Safe to call
 * from several processes at once. Throws `conflict` when the files and the database's history disagree.
 */
export async function migrate(db: Db, directory: string): Promise<{ applied: string[] }> {
  return { applied: await runMigrations(db, await readMigrations(directory)) };
}

/** As `migrate`, with files that were read before. Answers the names of those that ran. */
export async function runMigrations(db: Db, migrations: Migration[]): Promise<string[]> {
  const applied: string[] = [];
  for (;;) {
    const name = await db.transaction((tx) => applyNext(tx, migrations));
    if (name === undefined) return applied;
    applied.push(name);
  }
}

async function applyNext(tx: Tx, migrations: Migration[]): Promise<string | undefined> {
  await lockSchema(tx);
  await ensureHistory(tx);
  const history = await readHistory(tx);
  assertSameHistory(history, migrations);
  const next = migrations[history.length];
  if (next === undefined) return undefined;
  await runMigration(tx, next);
  return next.name;
}

async function runMigration(tx: Tx, migration: Migration): Promise<void> {
  await runSqlFile(tx, `migration ${migration.name}`, migration.text);
  await recordMigration(tx, migration);
}

/** Runs the statements of a file. A failure names the file, and the line when PostgreSQL says where it stumbled. */
export async function runSqlFile(tx: Tx, name: string, text: string): Promise<void> {
  try {
    await tx.run(raw(text));
  } catch (error) {
    const message = `${name}${lineOf(error, text)}: ${(error as Error).message}`;
    throw new AppError('internal', message, {}, { cause: error });
  }
}

/** `:12` when PostgreSQL said at which character of the file it stumbled. */
function lineOf(error: unknown, text: string): string {
  const position = Number((error as { position?: string }).position);
  return Number.isInteger(position)
    ? `:${
        [...text]
          .slice(0, position - 1)
          .join('')
          .split('\n').length
      }`
    : '';
}
