import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { openDatabase } from '../db/database.ts';
import { appendEvent, eventsAfter, eventsOf, newestEventId, pruneEvents } from './events.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const append = (subject: string, kind = 'test.happened', at = new Date()) =>
  test.db.transaction((tx) => appendEvent(tx, at, { kind, subject, actor: 'ada', data: { subject } }));

describe('events', () => {
  it('come back as they were written, in order', async () => {
    const start = await newestEventId(test.db);
    await append('harbor/staging#1');
    await append('harbor/staging#2');
    const events = await eventsAfter(test.db, start);
    expect(events).toMatchObject([
      {
        kind: 'test.happened',
        subject: 'harbor/staging#1',
        actor: 'ada',
        data: { subject: 'harbor/staging#1' },
      },
      { subject: 'harbor/staging#2' },
    ]);
    expect(await newestEventId(test.db)).toBe(events.at(-1)?.id);
    expect(await eventsOf(test.db, 'harbor/staging#1')).toEqual(events.slice(0, 1));
  });

  it('commit with the change that they tell, or not at all', async () => {
    const start = await newestEventId(test.db);
    await expect(
      test.db.transaction(async (tx) => {
        await appendEvent(tx, new Date(), { kind: 'test.happened', subject: 'never', actor: 'ada' });
        throw new Error('the change failed');
      }),
    ).rejects.toThrow('the change failed');
    expect(await eventsAfter(test.db, start)).toEqual([]);
  });

  it('none is missed by a reader that goes on from the last one seen, with eight writers at once', async () => {
    const writers = 8;
    const each = 200;
    const pool = openDatabase(test.connection, writers);
    const start = await newestEventId(test.db);
    const write = async (writer: number) => {
      for (let turn = 0; turn < each; turn += 1) {
        await pool.transaction(async (tx) => {
          await appendEvent(tx, new Date(), {
            kind: 'test.written',
            subject: `${writer}.${turn}`,
            actor: 'ada',
          });
          // Who inserted first need not be who commits first, unless something sees to it.
          await tx.run(sql`select pg_sleep(random() * 0.001)`);
        });
      }
    };
    let writing = true;
    const written = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer))).finally(() => {
      writing = false;
    });

    const seen: string[] = [];
    let position = start;
    for (;;) {
      const last = !writing;
      const events = await eventsAfter(test.db, position, 50);
      for (const event of events) {
        expect(event.id).toBeGreaterThan(position);
        position = event.id;
        seen.push(event.subject);
      }
      if (last && events.length === 0) break;
    }
    await written;
    await pool.close();

    expect(seen).toHaveLength(writers * each);
    for (let writer = 0; writer < writers; writer += 1) {
      const turns = seen.filter((subject) => subject.startsWith(`${writer}.`));
      expect(turns).toEqual(Array.from({ length: each }, (_, turn) => `${writer}.${turn}`));
    }
  });

  it('that are old are forgotten, but those of deploys, which their pages show', async () => {
    const old = new Date('2020-01-01');
    await append('harbor', 'lock.closed', old);
    await append('harbor/staging#9', 'deploy.succeeded', old);
    await append('harbor', 'lock.created');
    expect(await pruneEvents(test.db, new Date('2021-01-01'))).toBe(1);
    expect((await eventsOf(test.db, 'harbor')).map((event) => event.kind)).toEqual(['lock.created']);
    expect(await eventsOf(test.db, 'harbor/staging#9')).toHaveLength(1);
  });
});
