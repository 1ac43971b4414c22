import { assertNever } from '../../errors.ts';
import { type CatalogObject, labelOf, type ObjectKind, type SchemaDescription } from '../catalog/index.ts';
import { orderObjects } from './orderObjects.ts';

/**
 * The SQL that makes this schema on an empty database, in one transaction. The same schema gives the same bytes:
 * objects stand in the order of their names, unless one needs another.
 */
export function writeSnapshot({ objects, dependencies }: SchemaDescription, newest: string): string {
  const made = orderObjects(ofKinds(objects, ['function', 'sequence', 'table']), dependencies);
  const making = made.map((object) =>
    object.kind === 'table' ? createTable(object, objects) : statementOf(object),
  );
  const adding = laterKinds.map((kind) =>
    ofKinds(objects, [kind])
      .filter((object) => !isInTable(object))
      .map(statementOf)
      .join('\n'),
  );
  return [heading(newest), ...making, ...adding.filter((section) => section !== '')]
    .join('\n\n')
    .concat('\n');
}

const heading = (newest: string) => `-- Slipway's schema after ${newest}, with the rows that migrations left.
-- Written by \`npm run schema:dump\` from a replay of all migrations: do not edit it.
-- Loads into an empty database, in one transaction: psql -1 -f schema.sql
set local standard_conforming_strings = on;
set local check_function_bodies = off;
set local timezone = 'UTC';
set local datestyle = 'ISO, YMD';
set local intervalstyle = 'postgres';`;

const ofKinds = (objects: CatalogObject[], kinds: ObjectKind[]) =>
  kinds.flatMap((kind) => objects.filter((object) => object.kind === kind));

// Rows come before what checks or counts them; foreign keys after all rows and the unique indexes they rest on.
const laterKinds: ObjectKind[] = [
  'constraint',
  'table options',
  'sequence owner',
  'row',
  'sequence value',
  'index',
  'foreign key',
  'trigger',
  'comment',
];

/** Whether it is written inside of `create table`. There PostgreSQL would take a constraint that is not valid for valid. */
function isInTable({ kind, definition }: CatalogObject): boolean {
  return kind === 'column' || (kind === 'constraint' && !definition.endsWith(' NOT VALID'));
}

function createTable(table: CatalogObject, objects: CatalogObject[]): string {
  const parts = objects.filter((object) => object.table === table.name && isInTable(object)).map(statementOf);
  return `create table ${table.name} (\n  ${parts.join(',\n  ')}\n);`;
}

function statementOf(object: CatalogObject): string {
  const { kind, name, table, definition } = object;
  switch (kind) {
    case 'column':
      return `${name} ${definition}`;
    case 'constraint':
      return isInTable(object)
        ? `constraint ${name} ${definition}`
        : `alter table ${table} add constraint ${name} ${definition};`;
    case 'foreign key':
      return `alter table ${table} add constraint ${name} ${definition};`;
    case 'sequence':
      return `create sequence ${name} ${definition};`;
    case 'sequence owner':
      return `alter sequence ${name} owned by ${definition};`;
    case 'sequence value':
      return `select setval('${name.replaceAll("'", "''")}', ${definition});`;
    case 'table options':
      return `alter table ${name} set (${definition});`;
    case 'row':
      return `insert into ${table} ${definition};`;
    case 'comment':
      return `comment on ${name} is ${definition};`;
    case 'function':
    case 'index':
    case 'trigger':
      return `${definition};`;
    case 'table':
      throw new Error(`${labelOf(object)} is written with its columns`);
    default:
      return assertNever(kind);
  }
}
