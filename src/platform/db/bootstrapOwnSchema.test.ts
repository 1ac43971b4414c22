import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { raw } from 'sql-template-tag';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmptyTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { withEmptyDatabase } from '../../../test/harness/emptyDatabase.ts';
import { bootstrapOwnSchema, type SchemaFiles } from './bootstrapOwnSchema.ts';
import { describeSchema } from './catalog/index.ts';
import { type Db, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { writeSnapshot } from './snapshot/writeSnapshot.ts';

const first = '0001_first.sql';
const second = '0002_second.sql';
const third = '0003_third.sql';

let database: TestDatabase;
let db: Db;
let root: string;
let directory: string;
let files: SchemaFiles;

beforeEach(async () => {
  database = await createEmptyTestDatabase();
  db = database.db;
  root = await mkdtemp(join(tmpdir(), 'slipway-schema-'));
  directory = join(root, 'migrations');
  await mkdir(directory);
  files = { snapshot: join(root, 'schema.sql'), migrations: directory };
  await write(first, 'create table ship (id int primary key);');
  await write(second, "alter table ship add column name text default 'Vasa';");
  await dump();
});

afterEach(async () => {
  await database.drop();
  await rm(root, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(directory, name), text);
const remove = (name: string) => rm(join(directory, name));
const writeSchema = (text: string) => writeFile(files.snapshot, text);
const execute = (text: string, on = db) => on.run(raw(text));
const bootstrap = (on = db) => bootstrapOwnSchema(on, files);

/** Writes the snapshot of the migrations, and into it a trace by which it can be told that it was loaded. */
async function dump(trace = "comment on table ship is 'from the snapshot';"): Promise<void> {
  const description = await withEmptyDatabase(async (scratch) => {
    await migrate(scratch.db, directory);
    return describeSchema(scratch.db);
  });
  await writeSchema(`${writeSnapshot(description, 'these')}${trace}\n`);
}

async function traceOf(on = db): Promise<unknown> {
  return (await on.one<{ trace: unknown }>(sql`select obj_description('ship'::regclass) as trace`)).trace;
}

const tableCount = async () =>
  (
    await db.one<{ n: number }>(
      sql`select count(*) as n from pg_class where relnamespace = 'public'::regnamespace`,
    )
  ).n;

test('an empty database gets the snapshot, and then what is newer', async () => {
  await write(third, 'create index on ship (name);');
  expect(await bootstrap()).toEqual({ loadedSnapshot: true, applied: [third] });
  expect(await traceOf()).toBe('from the snapshot');
  expect(
    await db.many(sql`select version, name, applied_at > now() - interval '1 hour' as dated
    from schema_migrations order by version`),
  ).toEqual([
    { version: 1, name: first, dated: true },
    { version: 2, name: second, dated: true },
    { version: 3, name: third, dated: true },
  ]);
});

test('a second run changes nothing and says so', async () => {
  await bootstrap();
  expect(await bootstrap()).toEqual({ loadedSnapshot: false, applied: [] });
});

test('a database in use gets what is newer, whatever the snapshot says', async () => {
  await remove(second);
  await migrate(db, directory);
  await write(second, "alter table ship add column name text default 'Vasa';");
  await writeSchema('nonsense');
  expect(await bootstrap()).toEqual({ loadedSnapshot: false, applied: [second] });
  expect(await traceOf()).toBeNull();
});

test('a database that ran an edited migration refuses it by name', async () => {
  await bootstrap();
  await write(second, 'alter table ship add column title text;');
  await expect(bootstrap()).rejects.toThrow(`migration ${second} was edited after it ran on this database`);
});

const mismatches: [what: string, change: () => Promise<void>, message: string][] = [
  [
    'was edited',
    () => write(second, 'select 1'),
    `migration ${second} was edited after schema.sql was made from it`,
  ],
  ['is gone', () => remove(second), `schema.sql covers the migration ${second}, but there is no such file`],
  [
    'was renamed',
    () => rename(join(directory, second), join(directory, '0002_other.sql')),
    `covers the migration ${second}, but`,
  ],
  [
    'came late',
    async () => {
      await rename(join(directory, second), join(directory, third));
      await dump();
      await write(second, 'select 1');
    },
    `schema.sql goes on with ${third} where the migrations go on with ${second}`,
  ],
];

test.each(mismatches)(
  'a migration of the snapshot that %s is a conflict, and nothing is left',
  async (_, change, message) => {
    await change();
    await expect(bootstrap()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(message),
    });
    expect(await tableCount()).toBe(0);
  },
);

test('a snapshot that is missing or broken is named, and nothing is left', async () => {
  await writeSchema('create table half (id int);\ncreate nonsense;');
  await expect(bootstrap()).rejects.toThrow(/^schema\.sql:2: .*syntax error/);
  await rm(files.snapshot);
  await expect(bootstrap()).rejects.toThrow(/schema cannot be read from .*schema\.sql: ENOENT/);
  expect(await tableCount()).toBe(0);
});

test("another program's database is refused, by the names of its tables", async () => {
  await execute(
    'create schema shop; create table shop.orders (id int); create view accounts as select 1 as id;',
  );
  const refusal = bootstrap();
  await expect(refusal).rejects.toMatchObject({ code: 'conflict' });
  await expect(refusal).rejects.toThrow(
    /is not empty, and what is in it \(public\.accounts, shop\.orders\) is not Slipway's\. Nothing was changed\. Name an empty database/,
  );
  expect(await db.maybe(sql`select to_regclass('schema_migrations') as found`)).toEqual({ found: null });
});

test("another program's schema_migrations is recognised", async () => {
  await execute('create table schema_migrations (version varchar primary key); create table posts (id int)');
  await expect(bootstrap()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /schema_migrations .* belongs to another program: its columns are \(version character varying\)/,
    ),
  });
});

test('in a schema of its own Slipway lives beside others', async () => {
  await execute(
    'create table orders (id int); create table schema_migrations (version varchar); create schema slipway',
  );
  const url = new URL(database.url);
  url.searchParams.set('options', '-c search_path=slipway');
  const own = openDatabase({ connectionString: url.href });
  expect(await bootstrap(own)).toEqual({ loadedSnapshot: true, applied: [] });
  expect(await bootstrap(own)).toEqual({ loadedSnapshot: false, applied: [] });
  expect(await traceOf(own)).toBe('from the snapshot');
  await own.close();
});

test('of many at once exactly one loads, and each newer file runs once', async () => {
  await write(third, 'insert into ship values (1);');
  const others = [1, 2, 3].map(() => openDatabase(database.connection));
  const changes = await Promise.all([db, ...others].map(bootstrap));
  expect(changes.filter(({ loadedSnapshot }) => loadedSnapshot)).toHaveLength(1);
  expect(changes.flatMap(({ applied }) => applied)).toEqual([third]);
  expect(await db.many(sql`select id from ship`)).toEqual([{ id: 1 }]);
  await Promise.all(others.map((each) => each.close()));
});

test('a load that breaks off leaves nothing, and the next one loads', async () => {
  // Stops the load in its middle: after the tables, before the end.
  await dump('select pg_advisory_xact_lock(7);');
  const holder = openDatabase(database.connection, 1);
  await holder.run(sql`select pg_advisory_lock(7)`);
  const broken = bootstrap();
  const outcome = expect(broken).rejects.toThrow(/terminat/);
  await expect.poll(() => waiting()).toHaveLength(1);
  await db.run(
    sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted`,
  );
  await outcome;
  expect(await tableCount()).toBe(0);
  await holder.close();
  expect(await bootstrap()).toEqual({ loadedSnapshot: true, applied: [] });
});

const waiting = () =>
  db.many(sql`select pid from pg_locks join pg_database d on d.oid = database and d.datname = current_database()
    where locktype = 'advisory' and not granted`);

test('line ends of a checkout change no checksum and no function body', async () => {
  await write(third, "create function f() returns text language sql as 'select\n1::text';");
  await migrate(db, directory);
  const paths = [first, second, third].map((name) => join(directory, name));
  for (const path of [...paths, files.snapshot]) {
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
  }
  expect(await bootstrap()).toEqual({ loadedSnapshot: false, applied: [] });

  await withEmptyDatabase(async (fresh) => {
    expect(await bootstrap(fresh.db)).toEqual({ loadedSnapshot: true, applied: [third] });
    expect(await fresh.db.one(sql`select prosrc as source from pg_proc where proname = 'f'`)).toEqual({
      source: 'select\n1::text',
    });
  });
});
