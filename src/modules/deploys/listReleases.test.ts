import { expect, it, onTestFinished } from 'vitest';
import { createShip, type Ship } from '../../../test/harness/ship.ts';
import { api } from '../../contract/index.ts';

const releases = (ship: Ship) =>
  ship.client.call(api.listReleases, { params: { app: 'harbor', environment: 'production' } });

it('what can be rolled back to is told with what it would be by default, and what is in doubt', async () => {
  const ship = await createShip();
  onTestFinished(() => ship.close());
  expect(await releases(ship)).toEqual({
    items: [],
    previous: null,
    in_doubt: null,
    last_rollback_seconds: null,
  });

  const first = await ship.push('First');
  await ship.ship('production');
  await ship.push('Second');
  await ship.ship('production');
  await ship.push('Third');
  await ship.ship('production');
  const three = await releases(ship);
  expect(three.items.map((release) => [release.number, release.title])).toEqual([
    [3, 'Third'],
    [2, 'Second'],
    [1, 'First'],
  ]);
  expect(three).toMatchObject({ previous: 2, in_doubt: null, last_rollback_seconds: null });

  await ship.until(await ship.rollback('production', '#1'), 'succeeded');
  const back = await releases(ship);
  expect(back.items).toMatchObject([{ number: 4, sha: first, name: 'harbor/production#4' }]);
  expect(back.previous).toBeNull();
  expect(back.last_rollback_seconds).toBeGreaterThan(0);

  await ship.push('Fourth');
  await ship.closeGate('production');
  const attempt = await ship.deploy('production');
  await ship.until(attempt, 'running');
  expect(await releases(ship)).toMatchObject({ previous: 4, in_doubt: { number: 5, state: 'running' } });
});

it('the time from a commit until it is live is measured from what git says', async () => {
  const ship = await createShip();
  onTestFinished(() => ship.close());
  const sha = await ship.push('First');
  await ship.ship('production');
  const commit = await ship.client.call(api.showCommit, { params: { repository: 'harbor', sha } });
  const { figures } = await ship.client.call(api.deployStats, { query: {} });
  const { finished_at } = await ship.client.call(api.showDeploy, {
    params: { app: 'harbor', environment: 'production', number: 1 },
  });
  const seconds = (Date.parse(finished_at ?? '') - Date.parse(commit.committed_at)) / 1000;
  if (seconds >= 0) expect(figures.now.lead_seconds).toBeCloseTo(seconds, 1);
  else expect(figures.now.lead_seconds).toBeNull();
});
