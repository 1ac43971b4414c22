import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, it } from 'vitest';
import { api } from '../../contract/index.ts';
import { keyOf } from './queryKey.ts';
import { createRefresher } from './refresher.ts';

const deleted = { kind: 'project.deleted', subject: 'radar' };
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
  queries.clear();
});

it('asks again what is shown and concerns the change, and nothing else', async () => {
  const team = await shown(keyOf(api.showTeam, { params: { team: 'pilots' } }));
  const audit = await shown(keyOf(api.listAudit, {}));
  createRefresher(queries).after(deleted);
  await team.answers('Radar is gone');
  expect(audit.asked()).toBe(1);
});

it.each(['an event', 'a new connection'])(
  '%s while something is first asked has it asked again',
  async (why) => {
    const team = show(keyOf(api.showTeam, { params: { team: 'pilots' } }));
    const refresher = createRefresher(queries);
    if (why === 'an event') refresher.after(deleted);
    else refresher.everything();
    await Promise.resolve();
    await team.answers('Radar');
    await team.answers('Radar is gone');
    expect(team.asked()).toBe(2);
  },
);

it('a first question that was refused is asked again too', async () => {
  const team = show(keyOf(api.showTeam, { params: { team: 'pilots' } }));
  createRefresher(queries).after({ kind: 'team.created', subject: 'pilots' });
  await Promise.resolve();
  await team.refuses();
  await team.answers('Radar');
});

/** Something on the screen that asks under this key; what the server says to it is said by the test. */
function show(queryKey: readonly unknown[]) {
  let asked = 0;
  const open: PromiseWithResolvers<string>[] = [];
  const observer = new QueryObserver<string>(queries, {
    queryKey: [...queryKey],
    queryFn: () => {
      asked++;
      const question = Promise.withResolvers<string>();
      open.push(question);
      return question.promise;
    },
  });
  closing.push(observer.subscribe(() => {}));
  const isAsked = () => expect.poll(() => open.length).toBe(1);
  return {
    asked: () => asked,
    refuses: async () => {
      await isAsked();
      open.shift()?.reject(new Error('there is no team pilots'));
    },
    /** Answers the question when it is asked, and waits until that is shown. */
    answers: async (answer: string) => {
      await isAsked();
      open.shift()?.resolve(answer);
      await expect.poll(() => observer.getCurrentResult().data).toBe(answer);
    },
  };
}

async function shown(queryKey: readonly unknown[]) {
  const query = show(queryKey);
  await query.answers('at first');
  return query;
}
