import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Lease } from '../contract/runner.ts';
import { createLogger } from '../platform/log.ts';
import { startRunner, type WorkPlace } from './runner.ts';

test('what is told of is nobody’s lease any more, though its place is still being cleared away', async () => {
  const workspaces = await mkdtemp(join(tmpdir(), 'slipway-runner-'));
  const [told, asked, cleared] = [
    Promise.withResolvers<WorkPlace>(),
    Promise.withResolvers<readonly Lease[]>(),
    Promise.withResolvers<void>(),
  ];
  const lease = { id: 7, token: 'one' };
  let wake = () => {};
  let given = false;
  let isTold = false;
  const runner = await startRunner({
    info: { id: 'runner' },
    gateway: {
      peers: async () => ({ dead: [], others: [] }),
      bury: async () => {},
      register: async () => {},
      unregister: async () => {},
      leaseNext: async () => {
        const work = given ? undefined : { lease, name: 'work' };
        given = true;
        return work;
      },
      heartbeat: async (_runner, leases) => {
        if (isTold) asked.resolve(leases);
        return new Map(leases.map(({ id }) => [id, { kind: 'held' as const }]));
      },
      onWork: (listener) => {
        wake = listener;
        return () => {};
      },
    },
    run: async (_work, place) => {
      told.resolve(place);
      await cleared.promise;
    },
    log: createLogger('test', 'silent'),
    workspaces,
    capacity: 2,
    leaseMs: 60_000,
  });
  onTestFinished(() => rm(workspaces, { recursive: true, force: true }));

  const place = await told.promise;
  place.told();
  isTold = true;
  wake();

  expect(await asked.promise).toEqual([]);
  expect(place.signal.aborted).toBe(false);
  cleared.resolve();
  await runner.stop('the test is over');
});
