import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmptyTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { type Db, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
let db: Db;
let directory: string;

beforeEach(async () => {
  database = await createEmptyTestDatabase();
  db = database.db;
  directory = await mkdtemp(join(tmpdir(), 'slipway-migrations-'));
});

afterEach(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

const write = (name: string, text: string) => writeFile(join(directory, name), text);

test('runs new files once, in order, and records them', async () => {
  await write('0002_second.sql', 'alter table ship add column name text; create index on ship (name);');
  await write('0001_first.sql', 'create table ship (id int primary key);');
  expect(await migrate(db, directory)).toEqual({ applied: ['0001_first.sql', '0002_second.sql'] });
  expect(await migrate(db, directory)).toEqual({ applied: [] });

  await write('0003_third.sql', "insert into ship values (1, 'Vasa');");
  expect(await migrate(db, directory)).toEqual({ applied: ['0003_third.sql'] });
  expect(await db.many(sql`select * from ship`)).toEqual([{ id: 1, name: 'Vasa' }]);
  const history = await db.many(sql`select version, name, length(checksum), applied_at is not null as dated
    from schema_migrations order by version`);
  expect(history).toEqual([
    { version: 1, name: '0001_first.sql', length: 64, dated: true },
    { version: 2, name: '0002_second.sql', length: 64, dated: true },
    { version: 3, name: '0003_third.sql', length: 64, dated: true },
  ]);
});

test('a file that fails leaves no trace, names its line, and runs once it is mended', async () => {
  await write('0001_first.sql', 'create table ship (id int);');
  await write(
    '0002_broken.sql',
    '-- Schöne Grüße 🚢\ncreate table half (id int);\ncreate table ship (id int, nonsense);',
  );
  await expect(migrate(db, directory)).rejects.toThrow(/^migration 0002_broken\.sql:3: .*syntax error/);
  expect(await db.maybe(sql`select to_regclass('half') as half`)).toEqual({ half: null });

  await write('0002_broken.sql', 'create table half (id int);');
  expect(await migrate(db, directory)).toEqual({ applied: ['0002_broken.sql'] });
});

test('refuses a file that was edited after it ran, by name', async () => {
  await write('0001_first.sql', 'create table ship (id int);');
  await migrate(db, directory);
  await write('0001_first.sql', 'create table ship (id bigint);');
  await expect(migrate(db, directory)).rejects.toMatchObject({
    code: 'conflict',
    message:
      'migration 0001_first.sql was edited after it ran on this database. Restore the file, and put the change into a new migration',
  });
});

test('refuses a database that a newer Slipway has written', async () => {
  await write('0001_first.sql', 'create table ship (id int);');
  await write('0002_second.sql', 'create table port (id int);');
  await migrate(db, directory);
  await rm(join(directory, '0002_second.sql'));
  await expect(migrate(db, directory)).rejects.toThrow(
    'this database was written by a newer Slipway: it has run 0002_second.sql, and this version knows migrations up to 0001_first.sql',
  );
});

test('refuses a file that disappeared, was renamed, came late, or is numbered twice', async () => {
  await write('0001_first.sql', 'create table ship (id int);');
  await write('0003_third.sql', 'create table port (id int);');
  await migrate(db, directory);

  await write('0002_late.sql', 'create table pier (id int);');
  await expect(migrate(db, directory)).rejects.toThrow(
    /0002_late\.sql is new but its number is before 0003_third\.sql/,
  );
  await rm(join(directory, '0002_late.sql'));

  await write('0003_other.sql', 'create table pier (id int);');
  await expect(migrate(db, directory)).rejects.toThrow(
    /0003_other\.sql and 0003_third\.sql have the same number/,
  );
  await rm(join(directory, '0003_other.sql'));

  await rename(join(directory, '0001_first.sql'), join(directory, '0001_renamed.sql'));
  await expect(migrate(db, directory)).rejects.toThrow(/0001_first\.sql .* is now called 0001_renamed\.sql/);
  await rm(join(directory, '0001_renamed.sql'));
  await expect(migrate(db, directory)).rejects.toThrow(
    /0001_first\.sql has run on this database, but its file is gone/,
  );
});

test('refuses a name that is not a migration’s', async () => {
  await write('1_first.sql', 'select 1');
  await expect(migrate(db, directory)).rejects.toThrow(
    /1_first\.sql must be named like 0001_what_it_does\.sql/,
  );
});

test('two at once on an empty database run every file exactly once', async () => {
  await write('0001_first.sql', 'create table ship (id int); insert into ship values (1);');
  await write('0002_second.sql', 'insert into ship values (2); select pg_sleep(0.05);');
  const others = [1, 2, 3].map(() => openDatabase(database.connection));
  const results = await Promise.all([db, ...others].map((each) => migrate(each, directory)));
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001_first.sql', '0002_second.sql']);
  expect(await db.many(sql`select id from ship order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
  await Promise.all(others.map((each) => each.close()));
});
