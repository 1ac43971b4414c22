import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createShip, refusal, type Ship } from '../harness/ship.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip({
    app: { steps: [{ name: 'Release', run: 'echo "release $SLIPWAY_SHA"; test ! -e broken' }] },
  });
});
afterAll(() => ship.close());

/** Deploys of the same commit that are held in the queue, as many as that. */
async function insertHeld(sha: string, count: number): Promise<void> {
  await ship.api.db.run(sql`
    insert into deploys (environment_id, number, kind, state, ref, sha, title, author, config, requested_by,
      requested_by_kind, requested_at, held_at, held_reason)
    select environment_id, 1000000 + i, 'deploy', 'queued', ref, sha, title, author, config, requested_by,
      requested_by_kind, requested_at, now(), 'for the test'
    from deploys, generate_series(1, ${count}::int) as i where sha = ${sha}`);
}

test('a held deploy that is started late and fails puts in doubt what runs, though later requests succeeded', async () => {
  await ship.ship('staging', await ship.push('Good'));
  const lock = await ship.lock({ app: 'harbor' }, 'a pause');
  const broken = await ship.push('Broken', { branch: 'broken', files: { broken: 'yes' } });
  const aside = await ship.deploy('staging', broken);
  await ship.unlock(lock);
  await ship.ship('staging', await ship.push('Mended'));
  expect((await ship.environment('staging')).in_doubt).toBe(false);
  const { app, environment, number } = aside;
  await ship.client.call(api.start, { params: { app, environment, number } });
  await ship.until(aside, 'failed');
  expect((await ship.environment('staging')).in_doubt).toBe(true);
});

test('a queue has an end, and a rollback always has room', async () => {
  await ship.ship('production', await ship.push('First'));
  const second = await ship.ship('production', await ship.push('Second'));
  await insertHeld(second.sha, 500);
  const third = await ship.push('Third');
  await expect(ship.deploy('production', third)).rejects.toThrow(/500 deploys wait in harbor\/production/);
  expect(await refusal(ship.redeploy(second))).toBe('conflict');
  await ship.until(await ship.rollback('production'), 'succeeded');
  await ship.ship('production', third);
  const query = { app: 'harbor', state: 'superseded', limit: 1 };
  const { items } = await ship.client.call(api.listDeploys, { query });
  expect(items[0]?.result).toContain('superseded by the rollback');
});
