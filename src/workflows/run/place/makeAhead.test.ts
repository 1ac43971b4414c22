import { expect, test } from 'vitest';
import { makeAhead } from './makeAhead.ts';
import type { JobPlaces } from './workspaces.ts';

/** Places that are numbers; the making of some fails. */
function numbered(failing: readonly number[] = []) {
  const made: number[] = [];
  const removed: number[] = [];
  const places: JobPlaces = {
    areSmall: true,
    async make() {
      const number = made.push(made.length + 1);
      if (failing.includes(number)) throw new Error(`no room for ${number}`);
      const directories = { workspace: '', home: '', temporary: '', toolCache: '' };
      return { number, directories, remove: async () => void removed.push(number) };
    },
  };
  return { places, made, removed };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const ready = () => undefined;

test('so many wait as are wanted, none more than there are jobs, and what nobody took is removed', async () => {
  const { places, made, removed } = numbered();
  const ahead = makeAhead(places, { most: 4, ahead: 2, ready });
  expect((await ahead.take()).place.number).toBe(1);
  expect(made).toEqual([1]);
  await turn();
  expect(made).toEqual([1, 2, 3]);
  expect((await ahead.take()).place.number).toBe(2);
  expect((await ahead.take()).place.number).toBe(3);
  await turn();
  expect(made).toEqual([1, 2, 3, 4]);
  await ahead.close();
  expect(removed).toEqual([4]);
  await turn();
  expect(made).toHaveLength(4);
});

test('who takes one that could not be made tries again, and hears why when that fails too', async () => {
  const { places } = numbered([2, 5, 6]);
  const ahead = makeAhead(places, { most: 9, ahead: 1, ready });
  await ahead.take();
  await turn();
  expect((await ahead.take()).place.number).toBe(3);
  await turn();
  expect((await ahead.take()).place.number).toBe(4);
  await turn();
  await expect(ahead.take()).rejects.toThrow('no room for 6');
});
