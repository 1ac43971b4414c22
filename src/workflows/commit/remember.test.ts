import { expect, test } from 'vitest';
import { createMemory } from './remember.ts';

test('what is remembered is made once, also when it is asked for while it is being made', async () => {
  const memory = createMemory();
  let made = 0;
  const ask = (sha: string) =>
    memory.recall(['facts', sha], async () => {
      made += 1;
      return sha;
    });
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a', 'a', 'b']);
  expect(await ask('a')).toBe('a');
  expect(made).toBe(2);
});

test('what was not there, or failed, is asked for again: it may have come', async () => {
  const memory = createMemory();
  const answers = [null, new Error('no git'), 'there'];
  const ask = () =>
    memory.recall(['facts', 'a'], async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    });
  expect(await ask()).toBeNull();
  await expect(ask()).rejects.toThrow('no git');
  expect(await ask()).toBe('there');
});

test('only so much is remembered: the oldest is forgotten', async () => {
  const memory = createMemory();
  let made = 0;
  const ask = (name: string) => memory.recall([name], async () => (made += 1));
  for (let i = 0; i <= 64; i += 1) await ask(`commit ${i}`);
  expect(await ask('commit 64')).toBe(65);
  expect(await ask('commit 0')).toBe(66);
});
