import { alterTable } from './alterTable.ts';
import type { FileSoFar } from './fileSoFar.ts';
import { pattern } from './statements.ts';

/** Why a statement must not stand in a migration of a live database. */
export interface Objection {
  message: string;
  /** No excuse helps: it cannot work. */
  impossible?: true;
}

type Rule = (text: string, file: FileSoFar) => string | Objection | undefined | (string | undefined)[];

/** What `text` would block; notes in `file` what it makes. */
export function objectionsTo(text: string, file: FileSoFar): Objection[] {
  const objections = rules.flatMap((rule) => rule(text, file)).filter((each) => each !== undefined);
  noteTable(text, file);
  return objections.map((each) => (typeof each === 'string' ? { message: each } : each));
}

const createTable = pattern('create (?:unlogged |temporary |temp )?table (?:if not exists )?NAME');
const renameTable = pattern('alter table NAME rename to NAME');

function noteTable(text: string, file: FileSoFar): void {
  const made = createTable.exec(text)?.[1];
  if (made !== undefined) file.tables.add(made);
  const [, from, to] = renameTable.exec(text) ?? [];
  if (from !== undefined && to !== undefined && file.tables.has(from)) file.tables.add(to);
}

const createIndex = pattern(
  'create (?:unique )?index (concurrently )?(?:if not exists )?(?:(?!on )NAME )?on (?:only )?NAME',
);
const transactionControl =
  /^(begin|start transaction|commit|end|abort|rollback|savepoint|release|prepare transaction|set transaction)\b/;
const outsideOfTransactions =
  /^(vacuum|reindex [^;]*concurrently|drop index concurrently|alter system|create database|drop database)\b/;
const exclusive = /^(cluster|reindex|lock|truncate|refresh materialized view)\b/;
const change = pattern('(?:with .* )?(?:update|delete from) (?:only )?NAME');
const dropTables = /^drop table (?:if exists )?(.*)$/;

const rules: Rule[] = [
  (text) => {
    const word = transactionControl.exec(text)?.[0];
    if (word === undefined) return undefined;
    return impossible(`${word}: a migration is one transaction, which its runner begins and ends`);
  },
  (text) => {
    const word = outsideOfTransactions.exec(text)?.[0];
    return word === undefined
      ? undefined
      : impossible(`${word} does not run in the transaction of a migration`);
  },
  (text, file) => {
    const [match, concurrently, , table = ''] = createIndex.exec(text) ?? [];
    if (match === undefined) return undefined;
    if (concurrently !== undefined)
      return impossible('create index concurrently does not run in the transaction of a migration');
    return file.tables.has(table)
      ? undefined
      : `create index stops all writes to ${table} until it is built. It belongs into the migration that makes the table`;
  },
  (text, file) => {
    const word = exclusive.exec(text)?.[0];
    const table = pattern('(?:cluster|lock|truncate)(?: table)?(?: only)? NAME').exec(text)?.[1];
    return word === undefined || file.tables.has(table ?? '')
      ? undefined
      : `${word} shuts everybody out of the table`;
  },
  (text, file) => {
    const table = change.exec(text)?.[1];
    if (table === undefined || file.tables.has(table) || / where /.test(text)) return undefined;
    return `it changes every row of ${table}, and holds them until the migration ends. Say which rows by where`;
  },
  (text, file) => {
    const dropped = dropTables.exec(text)?.[1]?.split(/ , | (?=cascade|restrict)/) ?? [];
    return dropped
      .filter((name) => !/^(cascade|restrict)$/.test(name) && !file.tables.has(name))
      .map(
        (name) =>
          `drop table: ${name} is used by the version that runs until the upgrade. Drop it a version later`,
      );
  },
  (text) =>
    /^(drop|alter table) .*\bcascade$/.test(text) && !/\bon (delete|update) cascade$/.test(text)
      ? 'cascade drops what nobody named. Drop each by its name'
      : undefined,
  (text) =>
    /^(do|call)\b/.test(text)
      ? 'what a block of code does cannot be seen. Write it as statements'
      : undefined,
  alterTable,
];

const impossible = (message: string): Objection => ({ message, impossible: true });
