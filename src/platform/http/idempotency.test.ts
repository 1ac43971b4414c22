import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { serve, testActor } from '../../../test/harness/http.ts';
import { endpoint } from '../../contract/endpoint.ts';
import type { Tx } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { forgetOldKeys } from './idempotency.ts';

const create = endpoint({
  method: 'POST',
  path: '/things/{kind}',
  tag: 'Test',
  summary: 'Creates a thing',
  access: { role: 'viewer', scope: 'read' },
  params: z.object({ kind: z.string() }),
  body: z.object({ text: z.string() }),
  response: z.object({ id: z.number(), text: z.string() }),
  status: 201,
  idempotent: true,
});

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  await test.db.run(sql`create table things (id bigint generated always as identity primary key, text text)`);
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.run(sql`truncate things, idempotency_keys restart identity`);
});

async function things(during: (tx: Tx) => Promise<void> = async () => {}) {
  let caller = testActor;
  const { address } = await serve(
    (router) =>
      router.addOnce(create, async ({ body }, tx) => {
        const thing = await tx.one<{ id: number; text: string }>(
          sql`insert into things (text) values (${body.text}) returning id, text`,
        );
        await during(tx);
        return thing;
      }),
    { db: test.db, authenticate: async () => caller },
  );
  return {
    as: (actor: typeof testActor) => {
      caller = actor;
    },
    post: async (key: string | undefined, text: string, kind = 'a') => {
      const response = await fetch(`${address}/api/v1/things/${kind}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        body: JSON.stringify({ text }),
      });
      return { status: response.status, body: await response.json() };
    },
  };
}

const count = async (table: 'things' | 'idempotency_keys') =>
  (await test.db.pool.query(`select count(*)::int as count from ${table}`)).rows[0].count;

describe('a key', () => {
  it('makes a repetition answer the first result, and do nothing', async () => {
    const { post } = await things();
    const first = await post('k1', 'hello');
    expect(first).toEqual({ status: 201, body: { id: 1, text: 'hello' } });
    expect(await post('k1', 'hello')).toEqual(first);
    expect(await count('things')).toBe(1);
  });

  it('belongs to one request: another body, path or query with it is a conflict', async () => {
    const { post } = await things();
    await post('k1', 'hello');
    for (const other of [post('k1', 'bye'), post('k1', 'hello', 'b')]) {
      expect(await other).toMatchObject({
        status: 409,
        body: { code: 'conflict', detail: 'Idempotency-Key k1 was already used for another request' },
      });
    }
    expect(await count('things')).toBe(1);
  });

  it('belongs to one caller', async () => {
    const { post, as } = await things();
    await post('k1', 'hello');
    as({ ...testActor, id: 2, name: 'bob' });
    expect(await post('k1', 'hello')).toMatchObject({ status: 201, body: { id: 2 } });
    as({ ...testActor, kind: 'machine', id: null, name: 'ada (local)' });
    expect(await post('k1', 'other')).toMatchObject({ status: 201, body: { id: 3 } });
  });

  it('is not needed: without one each request counts', async () => {
    const { post } = await things();
    await post(undefined, 'hello');
    await post(undefined, 'hello');
    expect(await count('things')).toBe(2);
    expect(await count('idempotency_keys')).toBe(0);
  });

  it.each(['', 'two words', 'é', 'x'.repeat(201)])('cannot be %j', async (key) => {
    const { post } = await things();
    expect(await post(key, 'hello')).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(await count('things')).toBe(0);
  });

  it('is forgotten after a day', async () => {
    const { post } = await things();
    await post('k1', 'hello');
    const hours = (past: number) => new Date(Date.now() + past * 3_600_000);
    await forgetOldKeys(test.db, hours(23));
    expect(await post('k1', 'hello')).toMatchObject({ body: { id: 1 } });
    await forgetOldKeys(test.db, hours(25));
    expect(await post('k1', 'hello')).toMatchObject({ body: { id: 2 } });
  });
});

describe('two at once', () => {
  it('do it once: the second waits for the first and gets its answer', async () => {
    const working = Promise.withResolvers<void>();
    const mayGoOn = Promise.withResolvers<void>();
    const { post } = await things(async () => {
      working.resolve();
      await mayGoOn.promise;
    });
    const first = post('k1', 'hello');
    await working.promise;
    const second = post('k1', 'hello');
    await untilSomebodyWaits();
    mayGoOn.resolve();
    expect(await second).toEqual(await first);
    expect(await count('things')).toBe(1);
  });

  it('twenty do it once', async () => {
    const { post } = await things();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('k1', 'hello')));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count('things')).toBe(1);
  });

  it('the second does it when the first fails', async () => {
    const working = Promise.withResolvers<void>();
    const mayGoOn = Promise.withResolvers<void>();
    let calls = 0;
    const { post } = await things(async () => {
      calls += 1;
      if (calls > 1) return;
      working.resolve();
      await mayGoOn.promise;
      throw new AppError('conflict', 'not now');
    });
    const first = post('k1', 'hello');
    await working.promise;
    const second = post('k1', 'hello');
    await untilSomebodyWaits();
    mayGoOn.resolve();
    expect(await first).toMatchObject({ status: 409 });
    expect(await second).toMatchObject({ status: 201, body: { text: 'hello' } });
    expect(await count('things')).toBe(1);
  });
});

describe('work that fails', () => {
  it.each([
    ['throws', async () => Promise.reject(new AppError('locked', 'not now')), 423],
    ['loses its connection', (tx: Tx) => tx.run(sql`select pg_terminate_backend(pg_backend_pid())`), 503],
  ])('because it %s leaves neither thing nor key, and can be asked for again', async (_, fail, status) => {
    let failing = true;
    const { post } = await things(async (tx) => {
      if (failing) await fail(tx);
    });
    expect(await post('k1', 'hello')).toMatchObject({ status });
    expect(await count('things')).toBe(0);
    expect(await count('idempotency_keys')).toBe(0);
    failing = false;
    expect(await post('k1', 'hello')).toMatchObject({ status: 201 });
  });
});

/** Polls until a transaction waits for another one. */
async function untilSomebodyWaits(): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { rows } = await test.db.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    if (Date.now() > deadline) throw new Error('nobody came to wait');
  }
}
