import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmptyTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import type { Db, Queryable } from './database.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await createEmptyTestDatabase();
  db = database.db;
  await db.run(sql`create table ship (name text primary key, tons bigint)`);
});

afterAll(() => database.drop());

const tonsOf = (name: string) => db.maybe(sql`select tons from ship where name = ${name}`);

async function backendOf(queryable: Queryable): Promise<number> {
  return (await queryable.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)).pid;
}

test('int8 is a number, a missing row undefined, a promised one an error', async () => {
  expect(await db.run(sql`insert into ship values ('Vasa', 1210), ('Amphion', 500)`)).toBe(2);
  expect(await tonsOf('Vasa')).toEqual({ tons: 1210 });
  expect(await tonsOf('Titanic')).toBeUndefined();
  await expect(db.one(sql`select from ship where name = ${'Titanic'}`)).rejects.toThrow(/returned no row/);
});

test('a transaction is kept whole or not at all', async () => {
  const answer = await db.transaction(async (tx) => {
    await tx.run(sql`insert into ship values ('Kronan', 2300)`);
    return 'sails';
  });
  expect(answer).toBe('sails');
  const sinks = db.transaction(async (tx) => {
    await tx.run(sql`insert into ship values ('Titanic', 46328)`);
    throw new Error('iceberg');
  });
  await expect(sinks).rejects.toThrow('iceberg');
  expect(await tonsOf('Kronan')).toEqual({ tons: 2300 });
  expect(await tonsOf('Titanic')).toBeUndefined();
});

test('a connection that breaks between two statements fails its transaction alone', async () => {
  const broken = db.transaction(async (tx) => {
    await tx.run(sql`insert into ship values ('Batavia', 650)`);
    const pid = await backendOf(tx);
    await db.run(sql`select pg_terminate_backend(${pid})`);
    await expect.poll(() => db.many(sql`select from pg_stat_activity where pid = ${pid}`)).toEqual([]);
    await tx.run(sql`update ship set tons = 1`);
  });
  await expect(broken).rejects.toThrow();
  expect(await tonsOf('Batavia')).toBeUndefined();
  expect(await tonsOf('Vasa')).toEqual({ tons: 1210 });
  expect(db.pool.totalCount).toBe(db.pool.idleCount);
});

test('an idle connection that breaks is replaced', async () => {
  await Promise.all([1, 2, 3].map(() => db.run(sql`select pg_sleep(0.05)`)));
  expect(db.pool.idleCount).toBe(3);
  await db.run(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await expect.poll(() => db.pool.totalCount).toBe(1);
  await Promise.all([1, 2, 3].map(() => tonsOf('Vasa')));
});

test('a transaction that lost a deadlock is run again', async () => {
  await db.run(sql`insert into ship values ('Left', 0), ('Right', 0)`);
  let waiting = 0;
  let bothHold = () => {};
  const hold = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  const crosswise = (first: string, second: string) =>
    db.transaction(async (tx) => {
      await tx.run(sql`update ship set tons = tons + 1 where name = ${first}`);
      waiting += 1;
      if (waiting === 2) bothHold();
      await hold;
      await tx.run(sql`update ship set tons = tons + 1 where name = ${second}`);
    });
  await Promise.all([crosswise('Left', 'Right'), crosswise('Right', 'Left')]);
  expect(await tonsOf('Left')).toEqual({ tons: 2 });
  expect(await tonsOf('Right')).toEqual({ tons: 2 });
});
