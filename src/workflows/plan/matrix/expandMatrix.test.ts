import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../expressions/index.ts';
import { expandMatrix } from '../index.ts';

const valuesOf = (matrix: Value) => expandMatrix(matrix).map(({ values }) => values);
const labelsOf = (matrix: Value) => expandMatrix(matrix).map(({ label }) => label);

test('the documented include: added where it overwrites nothing of an axis, else a combination of its own', () => {
  const include = [
    { color: 'green' },
    { color: 'pink', animal: 'cat' },
    { fruit: 'apple', shape: 'circle' },
    { fruit: 'banana' },
    { fruit: 'banana', animal: 'cat' },
  ];
  expect(valuesOf({ fruit: ['apple', 'pear'], animal: ['cat', 'dog'], include })).toEqual([
    { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
    { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
    { fruit: 'pear', animal: 'cat', color: 'pink' },
    { fruit: 'pear', animal: 'dog', color: 'green' },
    { fruit: 'banana' },
    { fruit: 'banana', animal: 'cat' },
  ]);
});

test('names have the values of the axes, and all of a combination of its own', () => {
  const include = [
    { os: 'a', extra: 1 },
    { os: 'c', more: { deep: ['x', null, ''], flag: false } },
  ];
  expect(labelsOf({ os: ['a', 'b'], include })).toEqual(['a', 'b', 'c, x, false']);
});

test('values are compared as == does, objects by their leaves, keys in any case', () => {
  const matrix = {
    v: [1, 2],
    o: [
      { name: 'X', n: 1 },
      { name: 'y', n: 2 },
    ],
  };
  expect(valuesOf({ ...matrix, exclude: [{ v: '1' }, { O: { NAME: 'Y' } }] })).toEqual([
    { v: 2, o: { name: 'X', n: 1 } },
  ]);
});

test('exclude comes before include', () => {
  expect(valuesOf({ os: ['a'], exclude: [{ os: 'a' }], include: [{ os: 'a', x: 1 }] })).toEqual([
    { os: 'a', x: 1 },
  ]);
});

test.each<[Value, string]>([
  [{}, 'a matrix needs at least one axis'],
  [{ include: [] }, 'a matrix needs at least one axis'],
  ['', 'a matrix must be a mapping, not nothing'],
  [[1], 'a matrix must be a mapping, not a list'],
  [{ os: [] }, '`os` has no values'],
  [{ os: 'linux' }, '`os` must be a list of values, not the text "linux"'],
  [{ os: ['a'], include: { os: 'a' } }, '`include` must be a list of mappings, not a mapping'],
  [{ os: ['a'], include: ['a'] }, 'an entry of `include` must be a mapping'],
  [{ os: ['a'], include: [{}] }, 'an entry of `include` is empty'],
  [{ os: ['a'], exclude: [{ so: 'a' }] }, '`exclude` names `so`, which is no axis'],
])('%j is refused', (matrix, message) => {
  expect(() => expandMatrix(matrix)).toThrow(message);
});

test('256 jobs and no more, however large the product, and what exclude takes away does not count', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index);
  expect(expandMatrix({ a: many(16), b: many(16) })).toHaveLength(256);
  expect(() => expandMatrix({ a: many(257) })).toThrow('at most 256 jobs');
  expect(() => expandMatrix({ a: many(100), b: many(100) })).toThrow('at most 256 jobs');
  expect(() => expandMatrix({ a: many(1000), b: many(1000), c: many(1000), d: many(1000) })).toThrow(
    'at most 256 jobs',
  );
  const exclude = many(90).map((a) => ({ a }));
  expect(expandMatrix({ a: many(100), b: many(25), exclude })).toHaveLength(250);
});

test('whatever the axes, each combination of their values is there once, in order', () => {
  const axis = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(axis, axis, axis, (a, b, c) => {
      const expected = a.flatMap((x) => b.flatMap((y) => c.map((z) => ({ a: x, b: y, c: z }))));
      expect(valuesOf({ a, b, c })).toEqual(expected);
    }),
  );
});
