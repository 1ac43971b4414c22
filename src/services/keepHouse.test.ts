import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../../test/harness/api.ts';
import { keepHouse } from './keepHouse.ts';

let on: TestApi;
beforeAll(async () => {
  on = await createTestApi();
});
afterAll(() => on.close());

const dayMs = 86_400_000;

const happened = (kind: string, daysAgo: number) =>
  on.db.run(
    sql`insert into events (at, kind, subject, actor, data)
        values (${new Date(on.core.now().getTime() - daysAgo * dayMs)}, ${kind}, 'harbor', 'ada', '{}')`,
  );
const kept = async (): Promise<string[]> => {
  await keepHouse(on.core, new AbortController().signal);
  const events = await on.db.many<{ kind: string }>(
    sql`select kind from events where subject = 'harbor' order by at`,
  );
  return events.map(({ kind }) => kind);
};

test('nothing is removed because of its age by a clock that may just have been set far ahead', async () => {
  await happened('old', 40);
  await happened('today', 0.5);
  expect(await kept()).toEqual(['old', 'today']);
  await happened('yesterday', 1.5);
  expect(await kept()).toEqual(['yesterday', 'today']);

  on.advance(400 * dayMs);
  await happened('after the jump', 0);
  expect(await kept()).toEqual(['yesterday', 'today', 'after the jump']);
});
