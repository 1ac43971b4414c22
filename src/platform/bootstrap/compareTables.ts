import { AppError } from '../errors.ts';
import type { Relation } from './databaseState.ts';
import type { OpenDump } from './dump/openDump.ts';
import { textOf } from './dump/piece.ts';
import { kindOfBytes } from './dump/statementKind.ts';

/** A table as a dump creates it; without a schema when the dump does not say. */
interface DumpTable {
  readonly schema: string | undefined;
  readonly name: string;
}

/**
 * Reads a dump without running it. Answers that all tables which it creates are in the database already, so that it
 * is this dump's; throws `conflict` when they are not.
 */
export async function assertOwnTables(
  dump: OpenDump,
  database: string,
  relations: readonly Relation[],
): Promise<void> {
  const tables = await tablesOf(dump);
  const missing = tables.filter((table) => !relations.some((relation) => isSame(relation, table)));
  if (tables.length > 0 && missing.length === 0) return;
  throw new AppError('conflict', explain(dump.name, database, relations, missing), {
    database,
    found: relations.map(({ schema, name }) => `${schema}.${name}`),
  });
}

async function tablesOf(dump: OpenDump): Promise<DumpTable[]> {
  const tables: DumpTable[] = [];
  for await (const pieces of dump.pieces()) {
    for (const piece of pieces) {
      if (piece.kind !== 'statement') continue;
      const kind = kindOfBytes(textOf(piece), 'utf8');
      if (kind.is === 'create table') tables.push({ schema: kind.schema, name: kind.name });
    }
  }
  return tables;
}

const isSame = (relation: Relation, { schema, name }: DumpTable): boolean =>
  relation.isTable && relation.name === name && (schema === undefined || relation.schema === schema);

function explain(
  dump: string,
  database: string,
  relations: readonly Relation[],
  missing: readonly DumpTable[],
): string {
  const lacks = missing.length === 0 ? `${dump} creates no table` : `It has not ${some(missing)} of ${dump}`;
  return [
    `the database ${database} is not empty and has no migrations table: it seems to be somebody else's. It has ${some(relations)}. ${lacks}.`,
    'Nothing was changed. Name another database, or the table that records which migrations ran here: --migrations-table [SCHEMA.]NAME',
  ].join('\n');
}

const shown = 5;

/** `public.a, public.b and 12 more`. */
function some(tables: readonly DumpTable[]): string {
  const names = tables
    .slice(0, shown)
    .map(({ schema, name }) => (schema === undefined ? name : `${schema}.${name}`));
  return tables.length > shown ? `${names.join(', ')} and ${tables.length - shown} more` : names.join(', ');
}
