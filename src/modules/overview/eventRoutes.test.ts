import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import type { StreamEvent } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { EventRecord } from '../../contract/system.ts';
import { appendEvent, newestEventId } from '../../platform/events/events.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());

const append = (...subjects: string[]) =>
  test.db.transaction(async (tx) => {
    for (const subject of subjects) {
      await appendEvent(tx, new Date(), { kind: 'test.happened', subject, actor: 'ada', data: { subject } });
    }
  });

/** Reads the stream until `enough`, and leaves. */
async function follow(
  query: { after?: number; subject?: string },
  enough: (seen: StreamEvent[]) => boolean,
  lastEventId?: string,
): Promise<StreamEvent[]> {
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const seen: StreamEvent[] = [];
  for await (const event of test.machine.stream(
    api.events,
    { query },
    { signal: leave.signal, lastEventId },
  )) {
    seen.push(event);
    if (enough(seen)) break;
  }
  return seen;
}
const subjectsOf = (events: StreamEvent[]) => events.map((event) => (event.data as EventRecord).subject);

describe('the stream of state changes', () => {
  it('begins after the event it is asked to, and goes on with what happens', async () => {
    await append('harbor', 'harbor/staging#1');
    const following = follow({ after: 0 }, (seen) => seen.length === 3);
    await append('ferry');
    const events = await following;
    expect(subjectsOf(events)).toEqual(['harbor', 'harbor/staging#1', 'ferry']);
    expect(events[0]).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      data: { kind: 'test.happened', actor: 'ada', data: { subject: 'harbor' } },
    });
  });

  it('goes on after the last one seen, over any number of connections', async () => {
    const start = await newestEventId(test.db);
    const names = Array.from({ length: 30 }, (_, index) => `leg-${index}`);
    const writing = (async () => {
      for (const name of names) await append(name);
    })();
    const seen: StreamEvent[] = [];
    let last = String(start);
    while (seen.length < names.length) {
      seen.push(...(await follow({}, (part) => part.length === 5, last)));
      last = seen.at(-1)?.id ?? last;
    }
    await writing;
    expect(subjectsOf(seen)).toEqual(names);
  });

  it('tells of one subject, and of what is part of it', async () => {
    const after = await newestEventId(test.db);
    await append('harbor-2', 'harbor', 'harbor/staging', 'harbor/staging#3', 'harbor/staging-2#1', 'end');
    const part = async (subject: string, count: number) =>
      subjectsOf(await follow({ after, subject }, (seen) => seen.length === count));
    expect(await part('harbor', 4)).toEqual([
      'harbor',
      'harbor/staging',
      'harbor/staging#3',
      'harbor/staging-2#1',
    ]);
    expect(await part('harbor/staging', 2)).toEqual(['harbor/staging', 'harbor/staging#3']);
  });

  it('replays many thousands without piling up listeners', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const after = await newestEventId(test.db);
    await test.db.pool.query(
      `insert into events (at, kind, subject, actor)
       select now(), 'test.happened', 'bulk', 'ada' from generate_series(1, 10000)`,
    );
    expect(await follow({ after }, (seen) => seen.length === 10_000)).toHaveLength(10_000);
    expect(warnings).toEqual([]);
  });
});
