import { bootstrapOwnSchema, type SchemaChange } from '../db/bootstrapOwnSchema.ts';
import { openDatabase } from '../db/database.ts';
import { assertSupportedServer } from '../db/externalServer.ts';
import { connectOrCreate } from './connect/connectOrCreate.ts';
import type { Target } from './connect/session.ts';

/** What a bootstrap of Slipway's own database did. */
export interface OwnBootstrapResult extends SchemaChange {
  readonly database: string;
  /** The database did not exist. */
  readonly created: boolean;
}

/**
 * Creates Slipway's own database if it is missing, and brings its schema up to date, as a start of Slipway does.
 * Throws `unavailable` for a server that cannot be reached or used, `conflict` for a database of somebody else's.
 */
export async function bootstrapOwnDatabase(
  target: Target,
  signal?: AbortSignal,
): Promise<OwnBootstrapResult> {
  const { session, database, created } = await connectOrCreate(target, signal, { encoding: 'UTF8' });
  await session.close();
  const db = openDatabase(target.connection, 2);
  try {
    await assertSupportedServer(db);
    return { database, created, ...(await bootstrapOwnSchema(db)) };
  } finally {
    await db.close();
  }
}
