import { expect, it } from 'vitest';
import type { App } from '../../../contract/apps.ts';
import { environmentColumns } from './columns.ts';

const app = (...names: string[]) =>
  ({ environments: names.map((name) => ({ name })) }) as Pick<App, 'environments'>;

it('the columns are in the order in which apps list their environments', () => {
  expect(environmentColumns([app('staging', 'production')])).toEqual(['staging', 'production']);
  expect(
    environmentColumns([
      app('production'),
      app('staging', 'production'),
      app('staging', 'canary', 'production'),
    ]),
  ).toEqual(['staging', 'canary', 'production']);
  expect(environmentColumns([])).toEqual([]);
});

it('apps that contradict each other still have all their columns, once', () => {
  expect(environmentColumns([app('a', 'b'), app('b', 'a'), app('c')]).sort()).toEqual(['a', 'b', 'c']);
});
