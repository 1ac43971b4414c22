import sql from 'sql-template-tag';
import { AppError } from '../../errors.ts';
import type { Db, Tx } from '../database.ts';
import { runSqlFile } from '../migrate.ts';
import { type Migration, readSqlFile } from '../migrationFiles.ts';
import { type AppliedMigration, isSameMigration, lockSchema, readHistory } from '../migrationHistory.ts';
import { findOccupant } from './findOccupant.ts';

/**
 * Loads the schema snapshot `path` when the database is empty, in one transaction; answers whether it did. A
 * snapshot may be older than the migrations: what it does not cover is theirs to run. Throws `conflict` when the
 * database belongs to another program, or when the snapshot was made from other files than `migrations`.
 */
export async function loadSnapshot(db: Db, path: string, migrations: Migration[]): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockSchema(tx);
    const occupant = await findOccupant(tx);
    if (occupant === 'slipway') return false;
    if (occupant !== undefined) throw new AppError('conflict', occupant.problem);
    // PostgreSQL reads the whole text before it runs the first statement, also the one in it that says the same.
    await tx.run(sql`set local standard_conforming_strings = on`);
    await runSqlFile(tx, 'schema.sql', await readSnapshot(path));
    await assertCovers(tx, migrations);
    return true;
  });
}

async function readSnapshot(path: string): Promise<string> {
  return readSqlFile(path).catch((cause) => {
    const message = `the schema cannot be read from ${path}: ${(cause as Error).message}. Restore the file; in a checkout: npm run schema:dump`;
    throw new AppError('internal', message, {}, { cause });
  });
}

async function assertCovers(tx: Tx, migrations: Migration[]): Promise<void> {
  const history = await readHistory(tx);
  for (const [index, covered] of history.entries()) {
    const file = migrations[index];
    if (isSameMigration(covered, file)) continue;
    throw new AppError('conflict', explainMismatch(covered, migrations, file));
  }
}

const dumpAgain = 'as long as it has run nowhere: npm run schema:dump';

function explainMismatch(covered: AppliedMigration, migrations: Migration[], file?: Migration): string {
  if (!migrations.some(({ name }) => name === covered.name)) {
    return `schema.sql covers the migration ${covered.name}, but there is no such file. Restore it; ${dumpAgain}`;
  }
  if (file?.name === covered.name) {
    return `migration ${file.name} was edited after schema.sql was made from it. Restore the file, and put the change into a new migration; ${dumpAgain}`;
  }
  return `schema.sql goes on with ${covered.name} where the migrations go on with ${file?.name}. Give what is new the next free number; ${dumpAgain}`;
}
