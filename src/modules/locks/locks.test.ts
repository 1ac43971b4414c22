import { describe, expect, it } from 'vitest';
import { covers, scopeOf } from './locks.ts';

const everything = { app: null, environment: null };
const app = { app: 'harbor', environment: null };
const environment = { app: 'harbor', environment: 'production' };

describe('a lock', () => {
  it('is named by what it covers', () => {
    expect([everything, app, environment].map(scopeOf)).toEqual([
      'everything',
      'harbor',
      'harbor/production',
    ]);
  });

  it.each([
    ['harbor', 'production', [true, true, true]],
    ['harbor', 'staging', [true, true, false]],
    ['ferry', 'production', [true, false, false]],
    ['harbor-2', 'production', [true, false, false]],
  ])('covers %s/%s: everything, the app, the environment → %s', (name, place, expected) => {
    expect([everything, app, environment].map((lock) => covers(lock, name, place))).toEqual(expected);
  });
});
