import { expect, test } from 'vitest';
import { api as addresses } from './addresses.ts';
import { api } from './index.ts';
import { runnerApi } from './runnerAddresses.ts';
import { runnerProtocol } from './runnerProtocol.ts';

test('every operation has the address that the contract says', () => {
  expect(addresses).toEqual(
    Object.fromEntries(Object.entries(api).map(([name, { method, path }]) => [name, { method, path }])),
  );
});

test('so has everything that a runner of another machine asks', () => {
  expect(runnerApi).toEqual(
    Object.fromEntries(
      Object.entries(runnerProtocol).map(([name, { method, path }]) => [name, { method, path }]),
    ),
  );
});
