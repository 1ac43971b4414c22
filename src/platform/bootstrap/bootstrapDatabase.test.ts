import { randomBytes } from 'node:crypto';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { expect, inject, test, vi } from 'vitest';
import { createEmptyTestDatabase } from '../../../test/harness/database.ts';
import { census, load, memoryDump, missingDatabase, query, readDump } from '../../../test/harness/dumps.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import type { DumpSource } from './dump/dumpSource.ts';

/** Only what hangs shall end by it. */
const patient = { timeout: 60_000 };

const shop = 'create table goods (id int primary key, name text);\ncreate table orders (id int);\n';
const empty = () => scoped(createEmptyTestDatabase());
const tablesOf = async (url: string) => (await census(url)).tables;

test('a database that is missing is created with its name as it is, and the next run changes nothing', async () => {
  const { url, name } = await scoped(Promise.resolve(missingDatabase('Odd "name"; é ')));
  expect(await load(url, shop)).toMatchObject({
    database: name,
    created: true,
    loaded: 'loaded',
    statements: 2,
  });
  expect(await load(url, shop)).toMatchObject({
    database: name,
    created: false,
    loaded: 'already',
    notes: [`${name} was loaded already: all tables of dump.sql are there`],
  });
});

test('a dump that cannot be read leaves no new database behind', async () => {
  const { url } = await scoped(Promise.resolve(missingDatabase()));
  await expect(load(url, '')).rejects.toThrow('dump.sql is empty');
  await expect(query(url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
});

test('a database that was created for a dump that cannot be loaded stays, and is told', async () => {
  const { url, name } = await scoped(Promise.resolve(missingDatabase()));
  await expect(load(url, 'create table a (id int);\nfrobnicate;')).rejects.toThrow(
    `Nothing was loaded: the database is as it was\nThe database ${name} was created by this run, and stays`,
  );
  expect(await tablesOf(url)).toBe(0);
});

test('only a missing database is created: other failures are told, without the password', async () => {
  const { adminUrl } = inject('database');
  const wrong = new URL(adminUrl);
  wrong.username = `nobody_${randomBytes(4).toString('hex')}`;
  wrong.password = 'hunter2-hunter2';
  const error = await load(wrong.href, shop).catch((caught: Error) => caught);
  expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('nobody_') });
  expect(JSON.stringify([error, String(error)])).not.toContain('hunter2');
});

test('who may not create a database is told what an administrator has to run', async () => {
  const { url, name } = await scoped(Promise.resolve(missingDatabase()));
  const role = `slipway_test_${randomBytes(4).toString('hex')}`;
  const { adminUrl } = inject('database');
  await query(adminUrl, `create role ${role} login password 'x'`);
  try {
    const theirs = new URL(url);
    theirs.username = role;
    theirs.password = 'x';
    await expect(load(theirs.href, shop)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining(`create database "${name}" owner "${role}"`),
    });
  } finally {
    await query(adminUrl, `drop role ${role}`);
  }
});

test('five at once on a database that is missing: one creates it, one loads it, all find it done', async () => {
  const { url } = await scoped(Promise.resolve(missingDatabase()));
  const results = await Promise.all([1, 2, 3, 4, 5].map(() => load(url, shop)));
  expect(results.filter(({ created }) => created)).toHaveLength(1);
  expect(results.filter(({ loaded }) => loaded === 'loaded')).toHaveLength(1);
  expect(await tablesOf(url)).toBe(2);
});

test('who comes second says that it waits, and finds it loaded', async () => {
  const { url } = await empty();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const slow: DumpSource = {
    name: 'slow.sql',
    sizeBytes: null,
    open: async function* () {
      yield Buffer.from(`-- ${'x'.repeat(600)}\n`);
      await gate;
      yield Buffer.from(shop);
    },
  };
  const first = load(url, slow);
  await vi.waitFor(async () => expect(await locksOf(url)).toBeGreaterThanOrEqual(2), patient);
  const phases: string[] = [];
  const second = load(url, shop, { onProgress: ({ phase }) => phases.push(phase) });
  await vi.waitFor(() => expect(phases).toContain('waiting'), patient);
  open();
  expect(await first).toMatchObject({ loaded: 'loaded' });
  expect(await second).toMatchObject({ loaded: 'already' });
});

const locksOf = async (url: string) => {
  const locks = `select from pg_locks where locktype = 'advisory' and granted
    and database = (select oid from pg_database where datname = current_database())`;
  return (await query(url, locks)).length;
};

test.each([
  ['a table that is known', 'create table django_migrations (id int)', undefined],
  ['the table that was named', 'create table schema_things (id int)', 'schema_things'],
  ['the table that was named with its schema', 'create schema a; create table a.done (id int)', 'a.done'],
])('a database with migrations is left as it is: %s', async (_, statement, migrationsTable) => {
  const { url } = await empty();
  await query(url, statement);
  const options = migrationsTable === undefined ? {} : { migrationsTable };
  expect(await load(url, shop, options)).toMatchObject({ loaded: 'already', statements: 0 });
  expect(await tablesOf(url)).toBe(1);
});

test("a database of somebody else's is refused, with what is there and what is not", async () => {
  const { url } = await empty();
  await query(url, 'create table customers (id int); create table goods (id int)');
  await expect(load(url, shop)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /is not empty .*It has public\.customers, public\.goods\. It has not orders of dump\.sql\.\n.*--migrations-table/s,
    ),
  });
  await expect(load(url, shop, { migrationsTable: 'other.customers' })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await tablesOf(url)).toBe(2);
});

test('a sequence or a view makes a database not empty; what an extension brought does not', async () => {
  const { url } = await empty();
  await query(url, 'create extension pg_stat_statements');
  expect(await load(url, shop)).toMatchObject({ loaded: 'loaded' });
  for (const statement of ['create sequence s', 'create view v as select 1']) {
    const other = await empty();
    await query(other.url, statement);
    await expect(load(other.url, shop)).rejects.toMatchObject({ code: 'conflict' });
  }
});

test.each([
  [
    'a syntax error',
    `${shop}select 1;\n\n  selct 2;\n`,
    /^dump\.sql:5:3: syntax error at or near "selct" \(42601\)\n {2}statement: selct 2;/,
  ],
  [
    'an error with a position',
    `${shop}select 'ü',\n  nothing from goods;`,
    /^dump\.sql:4:3: column "nothing" does not exist/,
  ],
  [
    'an error without a position',
    `${shop}select 1;select 2; select 1/(id - id) from (values (1)) v (id);select 3;`,
    /^dump\.sql:3:20: division by zero/,
  ],
  [
    'a row of a COPY',
    `${shop}copy goods from stdin;\n1\tpear\n2\tplum\nx\tsecret\n\\.\n`,
    /^dump\.sql:6:1: invalid input syntax for type integer: "x" \(22P02\)\n {2}statement: copy goods from stdin;\n {2}Nothing/,
  ],
  [
    'a row of an INSERT',
    `${shop}alter table goods alter name set not null;\ninsert into goods values (7, null, 'secret');`,
    /^dump\.sql:4:36: INSERT has more expressions.*statement: insert into goods VALUES …\n/s,
  ],
  [
    'a row against a constraint',
    `${shop}alter table goods alter name set not null;\ninsert into goods values (7, null);`,
    /^dump\.sql:4:1: null value in column "name".*statement: insert into goods VALUES …\n {2}Nothing/s,
  ],
  [
    'bytes that are no characters',
    Buffer.concat([Buffer.from(`${shop}select 1;\nselect '`), Buffer.from([0xe9]), Buffer.from("';")]),
    /^dump\.sql:4:1: invalid byte sequence/,
  ],
  ['a zero byte', `${shop}${'-- \n'.repeat(20_000)}select '\0';`, /^dump\.sql:20003:1: .*zero byte/],
  [
    'a COPY into nothing',
    `${shop}copy nothing from stdin;\n1\n\\.\n`,
    /^dump\.sql:3:1: relation "nothing" does not exist/,
  ],
  [
    'a deferred constraint',
    `${shop}alter table orders add foreign key (id) references goods deferrable initially deferred;\ninsert into orders values (9);`,
    /^all statements ran, but the server refused the whole: .*Key \(id\)=\(9\) is not present/,
  ],
  [
    'a detail and a hint',
    "create table a (id int);do $$ begin raise 'stop' using detail = 'why', hint = 'what'; end $$;",
    /^dump\.sql:1:25: stop \(P0001\)\n {2}statement: .*\n {2}detail: why\n {2}hint: what\n {2}Nothing was loaded: the database is as it was$/,
  ],
  ['a ROLLBACK', `${shop}begin;\nrollback;`, /^dump\.sql:4:1: ROLLBACK cannot be part of a dump/],
  ['a SAVEPOINT', 'savepoint a;', /SAVEPOINT cannot be part/],
  ['CREATE DATABASE', 'CREATE DATABASE x;', /CREATE DATABASE cannot be part .*Make it without --create/],
  ['\\connect', '\\connect shop\n', /^dump\.sql:1:1: \\connect connects to another database: .*--create/],
  ['\\i', 'select 1;\n\\i other.sql\n', /^dump\.sql:2:1: \\i is a command of psql/],
  ['\\. without data', 'select 1;\n\\.\n', /^dump\.sql:2:1: data end here that begin nowhere/],
  ['an encoding with half quotes', "set client_encoding = 'SJIS';", /encoding SJIS .*pg_dump -E UTF8/],
  ['binary data', 'copy goods from stdin (format binary);\n\\.\n', /binary data/],
  [
    'data that are cut off',
    `${shop}copy goods from stdin;\n1\tx\n`,
    /^dump\.sql:3:1: the file ends within the data of this COPY/,
  ],
  [
    'a quote that is not closed',
    `${shop}select 'a;\n`,
    /^dump\.sql:3:8: the file ends within a quoted string/,
  ],
  ['only comments', '-- nothing\n;', /has no statement in it/],
  [
    'an unknown name in a COPY that is long',
    `${shop}copy goods from stdin;\n${'1\tx\n'.repeat(100_000)}\\.\n`,
    /^dump\.sql:5:1: duplicate key value/,
  ],
])('%s leaves the database as it was', async (_, dump, message) => {
  const { url } = await empty();
  await expect(load(url, dump)).rejects.toThrow(message);
  expect(await tablesOf(url)).toBe(0);
  await vi.waitFor(async () => expect(await locksOf(url)).toBe(0), patient);
});

test('rows are in no message', async () => {
  const { url } = await empty();
  const dump = `${shop}copy goods from stdin;\n1\tsecret\tsecret\n\\.\n`;
  const error = (await load(url, dump).catch((caught: Error) => caught)) as Error;
  expect(error.message).toMatch(/^dump\.sql:4:1: extra data after last expected column/);
  expect(error.message).not.toContain('secret');
});

test('a failure at any statement leaves the database empty, and a second run loads it', async () => {
  const { url } = await empty();
  const dump = await readDump('pg12.sql');
  const statements = [...dump.matchAll(/;\n\n/g)]
    .map(({ index }) => index + 2)
    .filter((at) => at < dump.indexOf('COPY'));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...statements), async (at) => {
      const broken = `${dump.slice(0, at)}select 1/0;\n${dump.slice(at)}`;
      await expect(load(url, broken)).rejects.toThrow(/division by zero/);
      expect(await census(url)).toMatchObject({ tables: 0, sequences: 0, large_objects: 0 });
    }),
    { numRuns: 15 },
  );
  expect(await load(url, dump)).toMatchObject({ loaded: 'loaded' });
});

test('a parameter that this server does not know is left out, and told', async () => {
  const { url } = await empty();
  const { notes } = await load(
    url,
    `set future_timeout = 0; set my.own = 'x'; set TimeZone to 'UTC';${shop}`,
  );
  expect(notes).toEqual([
    expect.stringMatching(/^SET future_timeout was left out: this server \(.*\) does not know it$/),
  ]);
});

test('extensions that the server does not have are all named, with what to do', async () => {
  const { url } = await empty();
  const dump = `${shop}create extension if not exists missing_one with schema public;\ncreate extension citext;\nselect nonsense;\ncreate extension "missing-two";`;
  await expect(load(url, dump)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringMatching(
      /needs the extensions "missing_one" \(line 3\), "missing-two" \(line 6\), which this server does not have\. Install them/,
    ),
    details: { missing_extensions: ['missing_one', 'missing-two'] },
  });
  expect(await tablesOf(url)).toBe(0);
});

test('a user who owns little loads a dump that comments on what belongs to others', async () => {
  const { adminUrl } = inject('database');
  const role = `slipway_test_${randomBytes(4).toString('hex')}`;
  await query(adminUrl, `create role ${role} login password 'x'`);
  const database = await createEmptyTestDatabase();
  try {
    await query(database.url, `grant create on schema public to ${role}`);
    const theirs = new URL(database.url);
    theirs.username = role;
    theirs.password = 'x';
    const { notes } = await load(theirs.href, await readDump('pg12.sql'));
    expect(notes).toContain("the comment on extension plpgsql was left out: it is another user's");
    expect(notes).toContain("the comment on schema public was left out: it is another user's");
  } finally {
    await database.drop();
    await query(adminUrl, `drop role ${role}`);
  }
});

test('what --no-owner leaves out, and what it cannot', async () => {
  const { url } = await empty();
  const defaults = 'alter default privileges for role nobody_a grant select on tables to current_user;';
  const left = await load(url, `${shop}${defaults}grant select on goods to nobody_b;`, { noOwner: true });
  expect(left.notes).toEqual(['2 grants left out (--no-owner): 2 roles missing (nobody_a, nobody_b)']);
  const other = await empty();
  const mixed = `${shop}grant select on goods to nobody_a, pg_monitor;`;
  await expect(load(other.url, mixed, { noOwner: true })).rejects.toThrow(
    /^dump\.sql names the role "nobody_a" \(line 3\), which does not exist here\. Create it \(create role …\)\n/,
  );
  const policy = `${shop}create policy p on goods to nobody_a;`;
  await expect(load(other.url, policy, { noOwner: true })).rejects.toThrow(
    /"nobody_a" does not exist .*hint: create the role/s,
  );
});

test('LATIN1, and strings with backslashes from before standard_conforming_strings', async () => {
  const { url } = await empty();
  const dump = `set client_encoding = 'LATIN1'; set standard_conforming_strings = off; set escape_string_warning = off;
    create table "größe" (ü text); insert into "größe" values ('a\\'b;\\\\ é');
    copy "größe" (ü) from stdin;\nß\n\\.\n`;
  expect(await load(url, Buffer.from(dump, 'latin1'))).toMatchObject({ rows: 2 });
  expect(await query(url, 'select ü from größe order by 1')).toEqual([{ ü: "a'b;\\ é" }, { ü: 'ß' }]);
});

test('progress never goes back, and ends with all of it', async () => {
  const { url } = await empty();
  const dump = `${shop}copy goods from stdin;\n${Array.from({ length: 50_000 }, (_, i) => `${i}\tx\n`).join('')}\\.\n`;
  const seen: {
    phase: string;
    bytes: number;
    statements: number;
    rows: number;
    totalBytes: number | null;
  }[] = [];
  await load(url, dump, { onProgress: (progress) => seen.push(progress) });
  expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(({ bytes }) => bytes).toSorted((a, b) => a - b));
  const size = Buffer.byteLength(dump);
  expect(seen.at(-1)).toEqual({
    phase: 'committing',
    statements: 3,
    rows: 50_000,
    bytes: size,
    totalBytes: size,
  });
});

test('who is interrupted leaves nothing', async () => {
  const { url } = await empty();
  const holder = new pg.Client(url);
  await holder.connect();
  await holder.query('select pg_advisory_lock(7)');
  const stop = new AbortController();
  const loading = load(url, `${shop}select pg_advisory_lock(7);`, { signal: stop.signal });
  await vi.waitFor(async () => {
    const waiting =
      "select from pg_stat_activity where wait_event = 'advisory' and datname = current_database()";
    expect(await query(url, waiting)).toHaveLength(1);
  }, patient);
  stop.abort(new Error('enough'));
  await expect(loading).rejects.toThrow('enough');
  await holder.end();
  await vi.waitFor(async () => expect(await locksOf(url)).toBe(0), patient);
  expect(await load(url, shop)).toMatchObject({ loaded: 'loaded' });
});

test('an upgrade that is interrupted keeps others waiting until it has ended', async () => {
  const { url } = await empty();
  const directory = await mkdtemp(join(tmpdir(), 'slipway-upgrade-'));
  const at = (name: string) => join(directory, name);
  const command = `cd ${directory}; trap 'touch heard; until [ -e go ]; do sleep 0.02; done; exit 9' INT
    touch ready; while :; do sleep 0.02; done`;
  const stop = new AbortController();
  const running = load(url, shop, {
    signal: stop.signal,
    upgrade: { command, databaseUrl: url, output: 'stderr' },
  });
  await vi.waitFor(() => access(at('ready')), patient);
  stop.abort(new Error('enough'));
  await vi.waitFor(() => access(at('heard')), patient);
  expect(await locksOf(url)).toBe(1);
  await writeFile(at('go'), '');
  expect(await running).toMatchObject({ loaded: 'loaded', notes: [], upgrade: { code: 9, signal: null } });
  await rm(directory, { recursive: true });
});

test('a connection that breaks is told as one, and nothing stays', async () => {
  const { url } = await empty();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const source: DumpSource = {
    name: 'dump.sql',
    sizeBytes: null,
    open: async function* () {
      yield Buffer.from(`${shop}copy goods from stdin;\n`.padEnd(600));
      yield Buffer.from('1\tx\n');
      await gate;
      for (let id = 2; id < 200; id += 1) yield Buffer.from(`${id}\t${'x'.repeat(10_000)}\n`);
      yield Buffer.from('\\.\n');
    },
  };
  const loading = load(url, source);
  const failure = expect(loading).rejects.toMatchObject({
    code: expect.stringMatching(/unavailable|invalid_input/),
    message: expect.stringMatching(/connection to PostgreSQL broke|terminating connection/),
  });
  const { adminUrl } = inject('database');
  const name = new pg.Client(url).database ?? '';
  const others = `from pg_stat_activity where datname = '${name}' and state in ('idle in transaction', 'active')`;
  await vi.waitFor(
    async () => expect(await query(adminUrl, `select ${others} and query ilike 'copy%'`)).toHaveLength(1),
    patient,
  );
  await query(adminUrl, `select pg_terminate_backend(pid) ${others}`);
  open();
  await failure;
  expect(await tablesOf(url)).toBe(0);
});

test('a COPY that fails while much of its data is on the way is told, and ends nothing else', async () => {
  const { url } = await empty();
  const rows = `x\t${'x'.repeat(500)}\n`.repeat(20_000);
  const dump = `${shop}copy goods from stdin;\n${rows}\\.\n`;
  for (const chunkBytes of [700, 9_000, 200_000]) {
    await expect(load(url, memoryDump(dump, chunkBytes))).rejects.toThrow(
      /^dump\.sql:4:1: invalid input syntax/,
    );
  }
});

test('a COPY that failed before its last rows came is told by its own error', async () => {
  const { url } = await empty();
  const name = new pg.Client(url).database ?? '';
  const { adminUrl } = inject('database');
  const failed = `select from pg_stat_activity where datname = '${name}' and state like 'idle in transaction (aborted)'`;
  for (const last of ['2\tx\n\\.\n', '\\.\n']) {
    const source: DumpSource = {
      name: 'dump.sql',
      sizeBytes: null,
      open: async function* () {
        yield Buffer.from(`${shop}copy goods from stdin;\n`);
        // The server looks at rows when it has some 8 kB of them.
        yield Buffer.from(`oops\t${'x'.repeat(20_000)}\n`);
        await vi.waitFor(async () => expect(await query(adminUrl, failed)).toHaveLength(1), patient);
        yield Buffer.from(last);
      },
    };
    await expect(load(url, source)).rejects.toThrow(/^dump\.sql:4:1: invalid input syntax/);
  }
});

test('small chunks of a big dump are as good as large ones', async () => {
  const { url } = await empty();
  const rows = Array.from({ length: 2000 }, (_, i) => `${i}\tname ${i}\n`).join('');
  expect(await load(url, memoryDump(`${shop}copy goods from stdin;\n${rows}\\.\n`, 3))).toMatchObject({
    rows: 2000,
  });
});
