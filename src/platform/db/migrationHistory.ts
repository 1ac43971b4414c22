import sql from 'sql-template-tag';
import { AppError } from '../errors.ts';
import type { Queryable, Tx } from './database.ts';
import type { Migration } from './migrationFiles.ts';

/** A row of `schema_migrations`: what ran on a database, or what its snapshot covered. */
export interface AppliedMigration {
  version: number;
  name: string;
  checksum: string;
}

// The lock lives and dies with the transaction, so that it also holds behind a connection pooler.
const migrationLock = 0x51_1b_a7; // any number that nothing else in this database uses

/** From here to the end of the transaction nobody else changes this database's schema. */
export async function lockSchema(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(${migrationLock})`);
}

/** Makes `schema_migrations` when it is missing. `describeForeignHistory` knows its columns too. */
export async function ensureHistory(tx: Tx): Promise<void> {
  await tx.run(sql`
    create table if not exists schema_migrations (
      version int primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
}

/** What has run, in order. */
export function readHistory(queryable: Queryable): Promise<AppliedMigration[]> {
  return queryable.many<AppliedMigration>(
    sql`select version, name, checksum from schema_migrations order by version`,
  );
}

export async function recordMigration(tx: Tx, { version, name, checksum }: AppliedMigration): Promise<void> {
  await tx.run(
    sql`insert into schema_migrations (version, name, checksum) values (${version}, ${name}, ${checksum})`,
  );
}

export function isSameMigration(ran: AppliedMigration, file: Migration | undefined): boolean {
  return file?.version === ran.version && file.checksum === ran.checksum && file.name === ran.name;
}

/** Throws `conflict`, with the name of the file, unless what has run is how the files begin. */
export function assertSameHistory(history: AppliedMigration[], migrations: Migration[]): void {
  for (const [index, ran] of history.entries()) {
    const file = migrations[index];
    if (isSameMigration(ran, file)) continue;
    throw new AppError('conflict', explainDifference(ran, file, migrations.at(-1)));
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
