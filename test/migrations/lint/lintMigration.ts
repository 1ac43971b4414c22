import type { FileSoFar } from './fileSoFar.ts';
import { objectionsTo } from './rules.ts';
import { type MigrationStatement, readStatements } from './statements.ts';

/**
 * What a migration does that a live database must not suffer, one line each: `0007_x.sql:12: …`. Whoever knows better
 * (a table of ten rows) writes `-- blocks: reason` directly above the statement.
 */
export function lintMigration(name: string, sql: string): string[] {
  const file: FileSoFar = { tables: new Set(), notValid: new Set() };
  return readStatements(name, sql).flatMap((statement) =>
    findingsIn(statement, file).map((message) => `${name}:${statement.line}: ${message}`),
  );
}

function findingsIn({ text, excuse }: MigrationStatement, file: FileSoFar): string[] {
  const objections = objectionsTo(text, file);
  const impossible = objections.filter((objection) => objection.impossible).map(({ message }) => message);
  if (impossible.length > 0) return impossible;
  if (excuse === undefined)
    return objections.map(({ message }) => `${message} (or excuse it: -- blocks: reason)`);
  if (objections.length === 0) return ['"-- blocks:" excuses nothing here. Remove it'];
  return excuse === '' ? ['"-- blocks:" needs a reason'] : [];
}
