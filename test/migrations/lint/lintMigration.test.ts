import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownSchemaFiles } from '../../../src/platform/db/bootstrapOwnSchema.ts';
import { lintMigration } from './lintMigration.ts';

const lint = (sql: string) => lintMigration('0007_x.sql', sql);

// A migration that ran is never edited: what these do is excused here instead of in them.
const releasedBeforeTheRule = new Set([
  '0002_newest_of_an_environment.sql',
  '0003_events_by_age.sql',
  '0004_projects_and_keys.sql',
]);

const names = readdirSync(ownSchemaFiles.migrations).filter((name) => name.endsWith('.sql'));

test.each(names.filter((name) => !releasedBeforeTheRule.has(name)))('%s blocks nobody', (name) => {
  expect(lintMigration(name, readFileSync(join(ownSchemaFiles.migrations, name), 'utf8'))).toEqual([]);
});

test.each([...releasedBeforeTheRule])('%s is on the list for a reason', (name) => {
  expect(lintMigration(name, readFileSync(join(ownSchemaFiles.migrations, name), 'utf8'))).not.toEqual([]);
});

const blocking: [sql: string, message: string][] = [
  ['create index on deploys (sha);', 'create index stops all writes to deploys'],
  [
    'create unique index if not exists "X y" on only public.deploys using btree (sha);',
    'writes to public.deploys',
  ],
  ['create index concurrently a on deploys (sha)', 'concurrently does not run in the transaction'],
  [
    'alter table deploys add column token uuid default gen_random_uuid();',
    'writes all of deploys anew, because token',
  ],
  ['alter table deploys add n bigserial', 'writes all of deploys anew, because n'],
  ['alter table deploys add n bigint generated always as identity', 'writes all of deploys anew, because n'],
  [
    'alter table deploys add column at timestamptz default clock_timestamp() not null',
    'may differ for each row',
  ],
  ['alter table deploys add column token text not null', 'token is not null and has no default'],
  ['alter table deploys add column a text, add b int references apps', 'Add the constraint of b by itself'],
  ["alter table deploys add column a text check (a <> '')", 'Add the constraint of a by itself'],
  ['alter table deploys add column a text unique', 'Add the constraint of a by itself'],
  ['alter table only deploys alter column number type bigint', 'anew for the type of number'],
  ['alter table if exists deploys alter number set data type bigint', 'anew for the type of number'],
  ['alter table deploys add constraint c check (number > 0)', 'as "not valid"'],
  ['alter table deploys add check (number > 0)', 'as "not valid"'],
  ['alter table deploys add constraint f foreign key (a, b) references apps (a, b)', 'as "not valid"'],
  ['alter table deploys alter number set not null', 'Add check (number is not null) as "not valid" instead'],
  ['alter table deploys add constraint u unique (sha)', 'builds an index while nobody can use deploys'],
  ['alter table deploys add primary key (sha)', 'builds an index while nobody can use deploys'],
  ['alter table deploys add exclude using gist (sha with =)', 'builds an index while nobody can use deploys'],
  ['alter table deploys rename to ships', 'deploys is used by the version that runs'],
  ['alter table deploys rename sha to commit', 'deploys.sha is used by the version that runs'],
  ['alter table deploys rename column sha to commit', 'deploys.sha is used by the version that runs'],
  ['drop table if exists deploys, locks;', 'drop table: locks is used'],
  ['alter table deploys drop column if exists sha', 'deploys.sha is used by the version that runs'],
  ['alter table deploys drop sha', 'deploys.sha is used by the version that runs'],
  ['update deploys set number = 1', 'changes every row of deploys'],
  ['with n as (select 1) update deploys set number = 1', 'changes every row of deploys'],
  ['delete from deploys -- where number = 1', 'changes every row of deploys'],
  ['vacuum deploys', 'vacuum does not run in the transaction'],
  ['cluster deploys using deploys_pkey', 'cluster shuts everybody out'],
  ['lock table deploys in share mode', 'lock shuts everybody out'],
  ['truncate deploys', 'truncate shuts everybody out'],
  ['alter table deploys set unlogged', 'shuts everybody out of deploys while it moves'],
  ['begin;', 'begin: a migration is one transaction'],
  ['commit;', 'commit: a migration is one transaction'],
  ['savepoint s;', 'savepoint: a migration is one transaction'],
  ['drop function f() cascade', 'cascade drops what nobody named'],
  ['alter table deploys drop constraint c cascade', 'cascade drops what nobody named'],
  ["do $$ begin execute 'truncate deploys'; end $$", 'what a block of code does cannot be seen'],
  [
    'alter table deploys add constraint c check (number > 0) not valid; alter table deploys validate constraint c',
    'under the lock that added c',
  ],
];

test.each(blocking)('objects to %s', (sql, message) => {
  const findings = lint(`\n-- a comment;\n${sql}`);
  expect(findings.join('\n')).toContain(message);
  expect(findings.filter((finding) => !finding.startsWith('0007_x.sql:3: '))).toEqual([]);
});

const harmless: string[] = [
  'create table ferry (id int primary key, deploy_id bigint references deploys on delete cascade); create unique index on ferry (id);',
  'create table ferry (id int); alter table ferry add column n uuid not null default gen_random_uuid(); update ferry set n = null; drop table ferry;',
  "alter table deploys add column note text not null default 'a (b)', add column n numeric(10, 2) default 1::numeric(10, 2)",
  "alter table deploys add column at timestamptz not null default now(), add b bool default false, add c text[] default '{}'",
  'alter table deploys add constraint c check (number > 0) not valid',
  'alter table deploys validate constraint c',
  'alter table deploys drop constraint c, alter number set default 2, alter number drop not null',
  'alter table deploys rename constraint c to d',
  'alter table deploys add constraint u unique using index deploys_u',
  "update deploys set title = 'where is it' where number = 1; delete from locks where id = 1",
  "insert into teams (slug) select 'update deploys set x'",
  'create function f() returns trigger language plpgsql as $$ begin update deploys set number = 1; truncate deploys; end $$',
  "comment on table deploys is 'begin; drop table deploys cascade'",
];

test.each(harmless)('lets pass %s', (sql) => {
  expect(lint(sql)).toEqual([]);
});

test('an excuse with a reason is taken, directly above the statement only', () => {
  expect(lint('-- Ten rows.\n-- blocks: the table has ten rows\ncreate index on teams (name);')).toEqual([]);
  expect(lint('-- blocks: it has ten rows\n\ncreate index on teams (name);')).toHaveLength(1);
  expect(lint('-- blocks: ten rows\nselect 1;\ncreate index on teams (name);')).toEqual([
    '0007_x.sql:2: "-- blocks:" excuses nothing here. Remove it',
    expect.stringMatching(/^0007_x\.sql:3: create index .*\(or excuse it: -- blocks: reason\)$/),
  ]);
  expect(lint('-- blocks:\ncreate index on teams (name);')).toEqual([
    '0007_x.sql:2: "-- blocks:" needs a reason',
  ]);
  expect(lint('-- blocks: I want it\ncommit;')).toEqual([
    '0007_x.sql:2: commit: a migration is one transaction, which its runner begins and ends',
  ]);
});

test('one statement may earn several objections', () => {
  expect(
    lint("alter table deploys drop sha, rename a to b, add constraint c check (x <> ',');"),
  ).toHaveLength(3);
});
