import { expect, test } from 'vitest';
import { api as addresses } from './addresses.ts';
import { api } from './index.ts';

test('every operation has the address that the contract says', () => {
  expect(addresses).toEqual(
    Object.fromEntries(Object.entries(api).map(([name, { method, path }]) => [name, { method, path }])),
  );
});
