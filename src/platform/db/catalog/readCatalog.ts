import sql from 'sql-template-tag';
import { AppError } from '../../errors.ts';
import type { Db, Tx } from '../database.ts';
import { type CatalogObject, labelOf } from './catalogObject.ts';
import { type Dependency, readDependencies } from './dependencies.ts';
import { findUnsupported } from './findUnsupported.ts';
import { readAsWritten } from './ownSchema.ts';
import { readParts } from './readParts.ts';
import { readRows } from './readRows.ts';
import { readSequences, readTables } from './readTables.ts';

/** What a schema says of each of its objects, by label: `column deploys.state` → `text not null`. */
export type Catalog = ReadonlyMap<string, string>;

/** All objects of Slipway's schema and what they need of each other. */
export interface SchemaDescription {
  objects: CatalogObject[];
  dependencies: Dependency[];
}

/** With the rows that migrations left (of a database that nobody has used), or the schema alone. */
export type CatalogScope = 'with rows' | 'schema';

/**
 * Describes every object of Slipway's schema. Throws `conflict` with the names of what it has no words for,
 * such as a view or a policy.
 */
export async function readCatalog(db: Db, scope: CatalogScope = 'with rows'): Promise<Catalog> {
  const { objects } = await describeSchema(db, scope);
  return new Map(objects.map((object) => [labelOf(object), object.definition]));
}

/** As `readCatalog`, for whoever writes it down. */
export function describeSchema(db: Db, scope: CatalogScope = 'with rows'): Promise<SchemaDescription> {
  return db.transaction(async (tx) => {
    await tx.run(sql`set transaction isolation level repeatable read, read only`);
    await readAsWritten(tx);
    await assertSupported(tx);
    const schema = [...(await readTables(tx)), ...(await readSequences(tx)), ...(await readParts(tx))];
    const rows = scope === 'with rows' ? await readRows(tx) : [];
    return { objects: [...schema, ...rows], dependencies: await readDependencies(tx) };
  });
}

async function assertSupported(tx: Tx): Promise<void> {
  const unsupported = await findUnsupported(tx);
  if (unsupported.length === 0) return;
  throw new AppError(
    'conflict',
    `the catalog cannot describe ${unsupported.join('; ')}. Write the migration without it, or teach src/platform/db/catalog to read it`,
    { unsupported },
  );
}
