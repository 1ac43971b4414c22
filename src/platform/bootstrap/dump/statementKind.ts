import { StatementWords } from './statementWords.ts';

/** What a statement is about, as far as a load treats it differently from others. */
export type StatementKind =
  | { readonly is: 'transaction start' | 'transaction end' }
  /** `words` name it, as `rollback`. */
  | { readonly is: 'transaction control' | 'database command'; readonly words: string }
  | { readonly is: 'setting'; readonly parameter: string; readonly value: string }
  | { readonly is: 'session authorization'; readonly role: string | undefined }
  | { readonly is: 'create schema' | 'drop schema'; readonly name: string }
  | { readonly is: 'create extension'; readonly name: string }
  | { readonly is: 'comment on extension' | 'comment on schema'; readonly name: string }
  | { readonly is: 'owner'; readonly role: string | undefined }
  /** `creators` are those whose default privileges it changes. */
  | { readonly is: 'grant'; readonly creators: readonly string[]; readonly roles: readonly string[] }
  | { readonly is: 'create role'; readonly role: string }
  | { readonly is: 'create table'; readonly schema: string | undefined; readonly name: string }
  | { readonly is: 'binary copy' }
  | { readonly is: 'other' };

const other: StatementKind = { is: 'other' };

/** Reads as much of a statement as says what it is. */
export function kindOf(statement: string): StatementKind {
  const words = new StatementWords(statement);
  const first = words.next()?.text ?? '';
  return readers[first]?.(words) ?? other;
}

const longestFirstWord = 9;

/** The same of bytes. Of statements that begin otherwise, such as INSERT, only the first word is looked at. */
export function kindOfBytes(statement: Buffer, encoding: 'utf8' | 'latin1'): StatementKind {
  const word = /^[a-z]+/i.exec(statement.toString('latin1', 0, longestFirstWord))?.[0] ?? '';
  return word.toLowerCase() in readers ? kindOf(statement.toString(encoding)) : other;
}

type Read = (words: StatementWords) => StatementKind | undefined;

const readers: Partial<Record<string, Read>> = {
  begin: () => ({ is: 'transaction start' }),
  start: () => ({ is: 'transaction start' }),
  commit: (words) => (words.accept('prepared') ? control('commit prepared') : { is: 'transaction end' }),
  end: () => ({ is: 'transaction end' }),
  rollback: () => control('rollback'),
  abort: () => control('abort'),
  savepoint: () => control('savepoint'),
  release: () => control('release savepoint'),
  prepare: (words) => (words.accept('transaction') ? control('prepare transaction') : undefined),
  set: readSet,
  create: readCreate,
  drop: readDrop,
  alter: readAlter,
  comment: readComment,
  grant: (words) => readGrant(words, 'to'),
  revoke: (words) => readGrant(words, 'from'),
  copy: readCopy,
};

const control = (words: string): StatementKind => ({ is: 'transaction control', words });

function readSet(words: StatementWords): StatementKind | undefined {
  words.accept('session', 'local');
  if (words.accept('authorization')) return { is: 'session authorization', role: words.role() };
  const parameter = words.next()?.text ?? '';
  if (notParameters.has(parameter)) return undefined;
  const names = [parameter];
  while (words.accept('.')) names.push(words.next()?.text ?? '');
  if (!words.accept('=', 'to')) return undefined;
  return { is: 'setting', parameter: names.join('.'), value: words.next()?.text ?? '' };
}

/** `SET TIME ZONE …` and others with a syntax of their own. */
const notParameters = new Set([
  'time',
  'constraints',
  'transaction',
  'characteristics',
  'names',
  'role',
  'schema',
]);

function readCreate(words: StatementWords): StatementKind | undefined {
  if (words.accept('database')) return { is: 'database command', words: 'create database' };
  if (words.accept('role', 'user', 'group')) {
    return words.previous === 'user' && words.accept('mapping')
      ? undefined
      : { is: 'create role', role: words.next()?.text ?? '' };
  }
  if (words.accept('schema')) return { is: 'create schema', name: words.name() };
  if (words.accept('extension')) return { is: 'create extension', name: words.name() };
  while (words.accept('global', 'local', 'unlogged', 'foreign'));
  return words.accept('table') ? readTable(words) : undefined;
}

function readTable(words: StatementWords): StatementKind {
  const first = words.name();
  if (!words.accept('.')) return { is: 'create table', schema: undefined, name: first };
  return { is: 'create table', schema: first, name: words.next()?.text ?? '' };
}

function readDrop(words: StatementWords): StatementKind | undefined {
  if (words.accept('database')) return { is: 'database command', words: 'drop database' };
  return words.accept('schema') ? { is: 'drop schema', name: words.name() } : undefined;
}

function readAlter(words: StatementWords): StatementKind | undefined {
  if (words.accept('default')) return words.accept('privileges') ? readDefaultPrivileges(words) : undefined;
  for (;;) {
    const found = words.skipToAny(['owner', 'rename']);
    // What is renamed may be called `owner`: of such a statement no part is about who owns it.
    if (found === undefined || found === 'rename') return undefined;
    if (words.accept('to')) return { is: 'owner', role: words.role() };
  }
}

/** `FOR ROLE a, b IN SCHEMA s GRANT … TO c`: all of a, b and c must exist. */
function readDefaultPrivileges(words: StatementWords): StatementKind {
  const creators = words.accept('for') ? words.rolesAfter('role', 'user') : [];
  while (words.current !== undefined && !words.accept('grant', 'revoke')) words.next();
  return readGrant(words, words.previous === 'grant' ? 'to' : 'from', creators);
}

function readGrant(
  words: StatementWords,
  before: 'to' | 'from',
  creators: readonly string[] = [],
): StatementKind {
  return words.skipTo(before) ? { is: 'grant', creators, roles: words.roles() } : other;
}

function readComment(words: StatementWords): StatementKind | undefined {
  if (!words.accept('on') || !words.accept('extension', 'schema')) return undefined;
  const is = words.previous === 'extension' ? 'comment on extension' : 'comment on schema';
  return { is, name: words.next()?.text ?? '' };
}

function readCopy(words: StatementWords): StatementKind | undefined {
  if (words.accept('binary')) return { is: 'binary copy' };
  if (!words.skipTo('stdin')) return undefined;
  for (const { kind, text } of words.rest())
    if (kind !== 'sign' && text === 'binary') return { is: 'binary copy' };
  return undefined;
}
