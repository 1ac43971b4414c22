import type { FileSoFar } from './fileSoFar.ts';
import { pattern, splitList } from './statements.ts';

const statement = pattern('alter table (?:if exists )?(?:only )?NAME (?:\\* )?(.*)$');

/** What the actions of an `alter table` block, on a table that this file does not make. */
export function alterTable(text: string, file: FileSoFar): (string | undefined)[] {
  const [, table, actions] = statement.exec(text) ?? [];
  if (table === undefined || actions === undefined || file.tables.has(table)) return [];
  return splitList(actions).flatMap((action) => objectionsToAction(table, action, file));
}

function objectionsToAction(table: string, action: string, file: FileSoFar): (string | undefined)[] {
  const constraint = addConstraint.exec(action);
  if (constraint) return [addedConstraint(table, constraint[1] ?? '', constraint[2] ?? '', file)];
  const column = addColumn.exec(action);
  if (column) return addedColumn(table, column[1] ?? '', column[2] ?? '');
  return [otherAction(table, action, file)];
}

const addConstraint = pattern(
  'add (?:constraint NAME )?((?:check|unique|primary key|foreign key|exclude|not null)\\b.*)$',
);

function addedConstraint(
  table: string,
  name: string,
  definition: string,
  file: FileSoFar,
): string | undefined {
  if (/^(check|foreign key|not null)/.test(definition)) {
    if (!definition.endsWith(' not valid'))
      return `it checks every row of ${table} under a lock. Add the constraint as "not valid", and validate it in a later migration`;
    file.notValid.add(name);
    return undefined;
  }
  if (/^(unique|primary key) using index /.test(definition)) return undefined;
  return `it builds an index while nobody can use ${table}`;
}

const addColumn = pattern('add (?:column )?(?:if not exists )?NAME (.*)$');

function addedColumn(table: string, column: string, definition: string): (string | undefined)[] {
  const value =
    /\bdefault (.*?)(?= not null| null| check| references| unique| primary key| constraint|$)/.exec(
      definition,
    )?.[1];
  const isComputed = /\bgenerated\b|\b(small|big)?serial\b/.test(definition);
  return [
    isComputed || (value !== undefined && differsByRow(value))
      ? `it writes all of ${table} anew, because ${column} may differ for each row. Add the column, set a default for what comes, and fill the rest in parts`
      : undefined,
    /\bnot null\b/.test(definition) && value === undefined && !isComputed
      ? `${column} is not null and has no default: it fails as soon as ${table} has a row`
      : undefined,
    /\b(check|references|unique|primary key)\b/.test(definition)
      ? `it checks every row of ${table} under a lock. Add the constraint of ${column} by itself, as "not valid"`
      : undefined,
  ];
}

/** Whether it calls anything but the clock, which stands still in a transaction. */
function differsByRow(value: string): boolean {
  return value.replace(/^now \( \)$|::\w+ \( [\d ,]+ \)/g, '').includes('(');
}

const others: [pattern: RegExp, message: (table: string, name: string) => string][] = [
  [
    pattern('alter (?:column )?NAME (?:set data )?type '),
    (table, column) => `it writes all of ${table} anew for the type of ${column}`,
  ],
  [
    pattern('alter (?:column )?NAME set not null'),
    (table, column) =>
      `it looks at every row of ${table} under a lock. Add check (${column} is not null) as "not valid" instead, and validate it in a later migration`,
  ],
  [
    pattern('alter (?:column )?NAME (?:set|add) (?:expression|generated)'),
    (table) => `it writes all of ${table} anew`,
  ],
  [
    /^rename to /,
    (table) => `${table} is used by the version that runs until the upgrade: it must keep its name`,
  ],
  [
    pattern('rename (?:column )?(?!constraint )NAME to '),
    (table, column) =>
      `${table}.${column} is used by the version that runs until the upgrade: it must keep its name`,
  ],
  [
    pattern('drop (?:column )?(?!constraint )(?:if exists )?NAME'),
    (table, column) =>
      `${table}.${column} is used by the version that runs until the upgrade. Drop it a version later`,
  ],
  [
    /^set (logged|unlogged|tablespace|access method|schema) ?/,
    (table) => `it shuts everybody out of ${table} while it moves`,
  ],
];

function otherAction(table: string, action: string, file: FileSoFar): string | undefined {
  const validated = pattern('validate constraint NAME').exec(action)?.[1];
  if (validated !== undefined && file.notValid.has(validated))
    return `it looks at every row of ${table} under the lock that added ${validated}. Validate it in a later migration`;
  for (const [expression, message] of others) {
    const match = expression.exec(action);
    if (match) return message(table, match[1] ?? '');
  }
  return undefined;
}
