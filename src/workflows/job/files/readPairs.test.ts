import { expect, test } from 'vitest';
import { readPairs } from './readPairs.ts';

test.each([
  ['', []],
  ['\n\n', []],
  ['a=1', [['a', '1']]],
  [
    'a=1\nb=2\n',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'a=1\r\nb=2\r\n',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  ['a=', [['a', '']]],
  ['a=b=c', [['a', 'b=c']]],
  ['a=b<<c', [['a', 'b<<c']]],
  [' a = 1 ', [[' a ', ' 1 ']]],
  ['a<<EOF\nEOF', [['a', '']]],
  ['a<<EOF\nx\nEOF\n', [['a', 'x']]],
  [
    'a<<EOF\nx\n\ny\n\nEOF\nb=1',
    [
      ['a', 'x\n\ny\n'],
      ['b', '1'],
    ],
  ],
  ['a<<EOF\r\nx\r\ny\r\nEOF\r\n', [['a', 'x\r\ny']]],
  ['a<<E=F\nx=1\nE=F', [['a', 'x=1']]],
  ['a<<EOF\n EOF\nEOF \nEOF', [['a', ' EOF\nEOF ']]],
])('%j', (text, pairs) => {
  expect(readPairs(text)).toEqual(pairs);
});

test.each([
  ['x', 'line 1: "x" is neither NAME=value nor NAME<<DELIMITER'],
  ['a=1\n=2', 'line 2: "=2" is neither NAME=value nor NAME<<DELIMITER'],
  ['a=1\n\nb<<EOF\nx', 'line 3: the value of "b" never ends: no later line is "EOF" alone'],
  ['<<EOF\nEOF', 'line 1: "<<EOF" lacks a name'],
  ['a<<\n', 'line 1: "a<<" lacks a delimiter'],
])('%j is wrong', (text, message) => {
  expect(() => readPairs(text)).toThrow(message);
});
