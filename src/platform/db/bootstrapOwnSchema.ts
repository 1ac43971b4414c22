import { join } from 'node:path';
import { packageRoot } from '../settings.ts';
import type { Db } from './database.ts';
import { runMigrations } from './migrate.ts';
import { readMigrations } from './migrationFiles.ts';
import { loadSnapshot } from './snapshot/loadSnapshot.ts';

/** Where the schema comes from. */
export interface SchemaFiles {
  /** The snapshot: `schema.sql`. */
  snapshot: string;
  /** The directory of `NNNN_name.sql`. */
  migrations: string;
}

export const ownSchemaFiles: SchemaFiles = {
  snapshot: join(packageRoot, 'schema.sql'),
  migrations: join(packageRoot, 'migrations'),
};

/** What a bootstrap did; nothing when the schema was up to date. */
export interface SchemaChange {
  /** The database was empty, and has the schema of the snapshot now. */
  loadedSnapshot: boolean;
  /** Names of the migrations that ran, those that the snapshot covers not among them. */
  applied: string[];
}

/**
 * Gives the database Slipway's schema: the snapshot when it is empty, then every newer migration, each whole or
 * not at all. Of several at once one does each step, and the others find it done. Throws `conflict`, and changes
 * nothing, when the database belongs to another program or has run migrations that these files do not contain.
 */
export async function bootstrapOwnSchema(db: Db, files: SchemaFiles = ownSchemaFiles): Promise<SchemaChange> {
  const migrations = await readMigrations(files.migrations);
  const loadedSnapshot = await loadSnapshot(db, files.snapshot, migrations);
  return { loadedSnapshot, applied: await runMigrations(db, migrations) };
}
