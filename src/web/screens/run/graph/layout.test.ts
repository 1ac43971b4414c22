import { expect, it } from 'vitest';
import type { RunDetail } from '../../../../contract/runs.ts';
import { layoutOf } from './layout.ts';

const node = (
  path: string,
  needs: string[] = [],
  call: string | null = null,
): RunDetail['graph'][number] => ({
  ...{ path, needs, call },
  id: path.split('/').at(-1) ?? path,
});
const columnsOf = (graph: RunDetail['graph']) =>
  layoutOf({ graph, jobs_list: [] }).columns.map((column) => column.map(({ path }) => path));

it('stands right of all that it needs', () => {
  const graph = [node('ship', ['test', 'build']), node('test', ['build']), node('build'), node('lint')];
  expect(columnsOf(graph)).toEqual([['build', 'lint'], ['test'], ['ship']]);
});

it('draws no edge that others imply', () => {
  const graph = [node('build'), node('test', ['build']), node('ship', ['build', 'test'])];
  expect(layoutOf({ graph, jobs_list: [] }).edges).toEqual([
    { from: 'build', to: 'test' },
    { from: 'test', to: 'ship' },
  ]);
});

it('has what a called workflow runs inside of the call, in its order', () => {
  const graph = [
    node('call'),
    node('call/b', ['call/a'], 'call'),
    node('call/a', [], 'call'),
    node('end', ['call']),
  ];
  const { columns } = layoutOf({ graph, jobs_list: [] });
  expect(columnsOf(graph)).toEqual([['call'], ['end']]);
  expect(columns[0]?.[0]?.inner.map(({ path }) => path)).toEqual(['call/a', 'call/b']);
});

it('ends also where a circle is told', () => {
  expect(columnsOf([node('a', ['b']), node('b', ['a'])]).flat()).toHaveLength(2);
});
