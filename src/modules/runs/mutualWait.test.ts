import { expect, test } from 'vitest';
import { mutualWait } from './mutualWait.ts';

const group = (name: string, holder: string, ...waiting: string[]) => ({ name, holder, waiting });

test.each([
  ['a run and a job of another', [group('a', '1', '2/x'), group('b', '2', '1/y')], '2/x', ['2/x', '1/y']],
  [
    'two jobs that have one each',
    [group('a', '1/x', '2/y'), group('b', '2/y', '1/x')],
    '1/x',
    ['1/x', '2/y'],
  ],
  [
    'a call that has what is inside',
    [group('a', '1/c', '2/x'), group('b', '2', '1/c/j')],
    '2/x',
    ['2/x', '1/c/j'],
  ],
  [
    'three in a circle',
    [group('a', '1', '3/x'), group('b', '2', '1/x'), group('c', '3', '2/x')],
    '3/x',
    ['3/x', '1/x', '2/x'],
  ],
  [
    'one that is before it in the queue',
    [group('a', '9', '1/c', '2/x'), group('b', '2', '1/c/j')],
    '2/x',
    ['2/x', '1/c/j'],
  ],
  ['only one that goes on', [group('a', '1', '2/x')], '2/x', null],
  ['a run whose number begins alike', [group('a', '1', '2/x'), group('b', '2', '11/y')], '2/x', null],
  ['a circle of others', [group('a', '1', '2/x', '3/x'), group('b', '2', '1/y')], '3/x', null],
  ['one that stands behind it', [group('a', '9', '2/x', '1/c'), group('b', '2', '1/c/j')], '2/x', null],
])('waits for %s', (_, groups, member, circle) => {
  expect(mutualWait(groups, member)).toEqual(circle);
});
