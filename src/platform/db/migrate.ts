import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sql, { raw } from 'sql-template-tag';
import { AppError } from '../errors.ts';
import type { Db, Tx } from './database.ts';

interface Migration {
  version: number;
  /** File name, `0001_first.sql`. */
  name: string;
  text: string;
  checksum: string;
}

interface AppliedMigration {
  version: number;
  name: string;
  checksum: string;
}

/**
 * Brings the database to the newest `NNNN_name.sql` of `directory`, forward only. Each file runs in its own
 * transaction together with its row in `schema_migrations`, so a crash leaves whole migrations. Safe to call
 * from several processes at once. Throws `conflict` when the files and the database's history disagree.
 */
export async function migrate(db: Db, directory: string): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(directory);
  const applied: string[] = [];
  for (;;) {
    const name = await db.transaction((tx) => applyNext(tx, migrations));
    if (name === undefined) return { applied };
    applied.push(name);
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(names.map((name) => readMigration(directory, name)));
  for (const [index, { version, name }] of migrations.entries()) {
    const previous = migrations[index - 1];
    if (previous?.version === version) {
      throw new AppError(
        'conflict',
        `migrations ${previous.name} and ${name} have the same number: renumber one`,
      );
    }
  }
  return migrations;
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const version = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1];
  if (version === undefined) {
    throw new AppError(
      'conflict',
      `migration ${join(directory, name)} must be named like 0001_what_it_does.sql`,
    );
  }
  const text = await readFile(join(directory, name), 'utf8');
  return { version: Number(version), name, text, checksum: createHash('sha256').update(text).digest('hex') };
}

// The lock lives and dies with the transaction, so that it also holds behind a connection pooler.
const migrationLock = 0x51_1b_a7; // any number that nothing else in this database uses

async function applyNext(tx: Tx, migrations: Migration[]): Promise<string | undefined> {
  await tx.run(sql`select pg_advisory_xact_lock(${migrationLock})`);
  const history = await readHistory(tx);
  assertSameHistory(history, migrations);
  const next = migrations[history.length];
  if (next === undefined) return undefined;
  await runMigration(tx, next);
  return next.name;
}

async function readHistory(tx: Tx): Promise<AppliedMigration[]> {
  await tx.run(sql`
    create table if not exists schema_migrations (
      version int primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  return tx.many<AppliedMigration>(
    sql`select version, name, checksum from schema_migrations order by version`,
  );
}

function assertSameHistory(history: AppliedMigration[], migrations: Migration[]): void {
  const newest = migrations.at(-1);
  for (const [index, ran] of history.entries()) {
    const file = migrations[index];
    if (file?.version === ran.version && file.checksum === ran.checksum && file.name === ran.name) continue;
    throw new AppError('conflict', explainDifference(ran, file, newest));
  }
}

function explainDifference(ran: AppliedMigration, file?: Migration, newest?: Migration): string {
  if (ran.version > (newest?.version ?? 0)) {
    const known = newest ? `knows migrations up to ${newest.name}` : 'knows no migrations';
    return `this database was written by a newer Slipway: it has run ${ran.name}, and this version ${known}. Start the newer version, or restore a backup from before the upgrade`;
  }
  if (file === undefined || file.version > ran.version) {
    return `migration ${ran.name} has run on this database, but its file is gone. Restore the file`;
  }
  if (file.version < ran.version) {
    return `migration ${file.name} is new but its number is before ${ran.name}, which has already run. Give it the next free number`;
  }
  if (file.name !== ran.name) {
    return `migration ${ran.name} has run on this database, but is now called ${file.name}. Restore its name`;
  }
  return `migration ${file.name} was edited after it ran on this database. Restore the file, and put the change into a new migration`;
}

async function runMigration(tx: Tx, migration: Migration): Promise<void> {
  const { version, name, text, checksum } = migration;
  try {
    await tx.run(raw(text));
  } catch (error) {
    throw new AppError(
      'internal',
      `migration ${name}${lineOf(error, text)}: ${(error as Error).message}`,
      {},
      { cause: error },
    );
  }
  await tx.run(
    sql`insert into schema_migrations (version, name, checksum) values (${version}, ${name}, ${checksum})`,
  );
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
