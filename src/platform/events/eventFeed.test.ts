import { Socket } from 'node:net';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import type { Db } from '../db/database.ts';
import { createLogger } from '../log.ts';
import { openEventFeed } from './eventFeed.ts';
import { appendEvent, newestEventId } from './events.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const log = createLogger('test', 'silent');
const patient = { timeout: 60_000, interval: 5 };

async function openFeed(connection: pg.ClientConfig = test.connection, db: Db = test.db) {
  const feed = await openEventFeed(db, connection, log);
  onTestFinished(() => feed.close());
  const seen: string[] = [];
  feed.subscribe((event) => seen.push(event.subject));
  return { feed, seen };
}
const append = (subject: string) =>
  test.db.transaction((tx) => appendEvent(tx, new Date(), { kind: 'test', subject, actor: 'ada' }));
const appendAll = async (subjects: string[]) => {
  for (const subject of subjects) await append(subject);
};
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

/** Backends that listen in this database, as the server sees them. */
async function listeners(): Promise<number[]> {
  const { rows } = await test.db.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and query like 'listen %'`,
  );
  return rows.map((row) => row.pid);
}
const terminate = (pids: number[]) =>
  test.db.pool.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [pids]);

describe('the feed', () => {
  it('hands out what happens from now on, once and in order, to each subscriber', async () => {
    await append('before');
    const { feed, seen } = await openFeed();
    const second: string[] = [];
    const unsubscribe = feed.subscribe((event) => second.push(event.subject));
    await appendAll(['one', 'two']);
    await vi.waitFor(() => expect(seen).toEqual(['one', 'two']), patient);
    expect(second).toEqual(['one', 'two']);
    unsubscribe();
    await append('three');
    await vi.waitFor(() => expect(seen).toEqual(['one', 'two', 'three']), patient);
    expect(second).toEqual(['one', 'two']);
    expect(feed.position).toBe(await newestEventId(test.db));
  });

  it('tells of an event after its commit, without being asked', async () => {
    const { seen } = await openFeed();
    await append('warm');
    await vi.waitFor(() => expect(seen).toEqual(['warm']), patient);
    await append('quick');
    await vi.waitFor(() => expect(seen).toHaveLength(2), { timeout: 60_000, interval: 1 });
  });

  it('reads a burst to its end, beyond one page', async () => {
    const { seen } = await openFeed();
    await test.db.transaction(async (tx) => {
      for (const name of names('burst', 1200)) {
        await appendEvent(tx, new Date(), { kind: 'test', subject: name, actor: 'ada' });
      }
    });
    await vi.waitFor(() => expect(seen).toEqual(names('burst', 1200)), patient);
  });

  it('connects again when its connection is ended, and misses nothing of what happened meanwhile', async () => {
    const { seen } = await openFeed();
    await append('before');
    const [pid = 0] = await listeners();
    await terminate([pid]);
    await appendAll(names('without', 20));
    await vi.waitFor(() => expect(seen).toEqual(['before', ...names('without', 20)]), patient);
    await vi.waitFor(async () => expect(await listeners()).not.toContain(pid), patient);
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), patient);
    await append('after');
    await vi.waitFor(() => expect(seen.at(-1)).toBe('after'), patient);
  });

  it('survives it again and again, also in the middle of writing, with one connection at the end', async () => {
    const { seen } = await openFeed();
    const written = appendAll(names('storm', 400));
    for (let round = 0; round < 6; round += 1) {
      await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), patient);
      await terminate(await listeners());
    }
    await written;
    await vi.waitFor(() => expect(seen).toEqual(names('storm', 400)), patient);
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), patient);
  });

  it('keeps trying while the database takes no connection, one at a time', async () => {
    const { adminUrl } = inject('database');
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    onTestFinished(() => admin.end());
    const { rows } = await test.db.pool.query('select current_database() as name');
    const allow = (allowed: boolean) =>
      admin.query(`alter database ${rows[0].name} allow_connections ${allowed}`);
    let attempts = 0;
    const counted = {
      ...test.connection,
      stream: () => {
        attempts += 1;
        return new Socket();
      },
    };
    const { seen } = await openFeed(counted as pg.ClientConfig);
    await allow(false);
    await terminate(await listeners());
    await vi.waitFor(() => expect(attempts).toBeGreaterThan(3), patient);
    await allow(true);
    const refused = attempts;
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), patient);
    expect(attempts - refused).toBeLessThanOrEqual(2);
    await append('at last');
    await vi.waitFor(() => expect(seen).toEqual(['at last']), patient);
  });

  it('reads on after a read that failed, though nothing else happens', async () => {
    let idle = false;
    let failures = 0;
    const { seen } = await openFeed(test.connection, {
      ...test.db,
      many: async <Row extends object>(query: Sql) => {
        const breaks = idle && failures === 0 && query.sql.includes('from events');
        if (breaks) {
          failures += 1;
          throw new Error('the connection broke');
        }
        const rows = await test.db.many<Row>(query);
        idle = seen.length === 1 && rows.length === 0;
        return rows;
      },
    });
    await append('first');
    await vi.waitFor(() => expect(idle).toBe(true), patient);
    await append('read late');
    await vi.waitFor(() => expect(seen).toEqual(['first', 'read late']), patient);
    expect(failures).toBe(1);
  });

  it('lets go of everything when it is closed', async () => {
    const { feed, seen } = await openFeed();
    await feed.close();
    await append('unheard');
    await vi.waitFor(async () => expect(await listeners()).toEqual([]), patient);
    expect(seen).toEqual([]);
  });

  it('says at once when there is no database', async () => {
    const nowhere = { host: '127.0.0.1', port: 1, connectionTimeoutMillis: 1000 };
    await expect(openEventFeed(test.db, nowhere, log)).rejects.toThrow('ECONNREFUSED');
  });
});
