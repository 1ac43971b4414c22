import { expect, test } from 'vitest';
import { parseDeployName, splitTarget } from './deployName.ts';

test.each([
  ['harbor/staging#12', 12],
  ['harbor/staging/12', 12],
  ['harbor/staging', undefined],
  ['http://127.0.0.1:7070/apps/harbor/staging/deploys/12', 12],
  ['https://ship.example.com/slipway/apps/harbor/staging/deploys/12/', 12],
])('%s names a deploy', (text, number) => {
  expect(parseDeployName(text)).toEqual({ app: 'harbor', environment: 'staging', number });
});

test.each([
  'harbor',
  '12',
  '#12',
  'harbor/',
  '/staging',
  'harbor/staging#',
  'harbor/staging#x',
  'a/b/c',
  'a b/c',
  '',
])('%j names none', (text) => {
  expect(() => parseDeployName(text)).toThrow(/names no deploy; write harbor\/staging#12/);
});

test('a target is two words or one with a slash', () => {
  expect(splitTarget('harbor', 'staging', 'main')).toEqual({
    app: 'harbor',
    environment: 'staging',
    rest: ['main'],
  });
  expect(splitTarget('harbor/staging', 'main', undefined)).toEqual({
    app: 'harbor',
    environment: 'staging',
    rest: ['main', undefined],
  });
  expect(splitTarget('harbor')).toEqual({ app: 'harbor', environment: undefined, rest: [] });
  expect(splitTarget(undefined).app).toBeUndefined();
  expect(() => splitTarget('harbor/staging', 'main', 'more')).toThrow('more is one word too many');
});
