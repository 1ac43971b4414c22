import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { scoped } from '../harness/scoped.ts';
import { eventually } from '../harness/ship.ts';
import { readBook } from '../soak/books.ts';
import { createInstance } from '../soak/instance.ts';
import { soak } from '../soak/soak.ts';
import { createWorld } from '../soak/world.ts';

test('five times killed at random, and everything it says is true (bin/soak does this for longer)', async () => {
  const report = await soak({
    seed: 9,
    rounds: 5,
    world: { apps: 1, environments: ['staging', 'production'], lineSeconds: 0.02 },
    users: 2,
    trafficMs: 900,
    namespaces: true,
    say: () => {},
  });
  expect(report.rounds).toBe(5);
}, 180_000);

test('a deploy survives that PostgreSQL is killed under it again and again, and the next starts afterwards', async () => {
  const world = await createWorld({ apps: 1, environments: ['staging'], lineSeconds: 0.1 });
  const instance = createInstance(world.dataDir, world.configFile, join(world.directory, 'output'));
  const dispose = async () => {
    await instance.stop();
    await world.remove();
  };
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: dispose }));
  await instance.start();
  const client = instance.client();
  const place = { app: 'app-1', environment: 'staging' };
  await eventually('the repository is fetched', async () => {
    const { state } = await client.call(api.showRepository, { params: { repository: 'source' } });
    return state === 'ok';
  });
  const [running = '', waiting = ''] = world.shas;
  await client.call(api.requestDeploy, { params: place, body: { ref: running } });
  await client.call(api.requestDeploy, { params: place, body: { ref: waiting } });
  await eventually('the first one runs', async () => (await readBook(world, place)).length > 0);

  // Down whenever the end of the first step is told, which is then told until it is heard.
  await eventually('the first step ended', async () => {
    expect(await instance.kill('postgres')).toBe(false);
    return (await readBook(world, place)).some(({ what }) => what === 'end');
  });
  await instance.kill('postgres');
  const succeeded = async () => {
    const { items } = await client.call(api.listDeploys, { query: { state: 'succeeded' } });
    return items.length === 2;
  };
  await eventually('both have succeeded', () => succeeded().catch(() => false));
  expect((await readBook(world, place)).map(({ number, step, what }) => `${number}.${step} ${what}`)).toEqual(
    [
      ...['1.1 start', '1.1 end', '1.2 start', '1.2 end'],
      ...['2.1 start', '2.1 end', '2.2 start', '2.2 end'],
    ],
  );
});
