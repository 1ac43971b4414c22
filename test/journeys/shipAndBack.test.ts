import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createShip, eventually, refusal, type Ship } from '../harness/ship.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
});
afterAll(() => ship.close());

test('a commit goes to staging, then to production, and back', async () => {
  const first = await ship.push('First release');
  const staged = await ship.ship('staging');
  expect(staged).toMatchObject({ sha: first, live: true, title: 'First release', number: 1 });
  expect(staged.steps).toMatchObject([{ name: 'Release', state: 'succeeded' }]);
  expect(await ship.log(staged)).toContain(`shipping ${first} to staging`);
  await ship.ship('production');

  const second = await ship.push('Second release');
  await ship.ship('production');
  expect(await ship.liveSha('production')).toBe(second);

  const back = await ship.until(await ship.rollback('production'), 'succeeded');
  expect(back).toMatchObject({ kind: 'rollback', sha: first, previous_sha: second });
  expect(await ship.liveSha('production')).toBe(first);
});

test(':previous right after a rollback is never the bad release', async () => {
  // production: first, second, back to first. Nothing good is older than first.
  expect(await refusal(ship.deploy('production', ':previous'))).toBe('conflict');
  const third = await ship.push('Third release');
  await ship.ship('production');
  const previous = await ship.until(await ship.deploy('production', ':previous'), 'succeeded');
  expect(previous.sha).not.toBe(third);
  expect(previous.title).toBe('First release');
});

test('one deploy at a time in an environment, the next in order; environments do not wait for each other', async () => {
  await ship.closeGate('staging');
  await ship.push('A');
  const a = await ship.deploy('staging');
  await ship.until(a, 'running');
  await ship.push('B');
  const b = await ship.deploy('staging');
  await ship.push('C');
  const c = await ship.deploy('staging');
  const elsewhere = await ship.ship('production', c.sha);
  expect(elsewhere.state).toBe('succeeded');

  expect((await ship.why(b)).reasons.map((reason) => reason.code)).toEqual(['active_deploy']);
  expect((await ship.why(c)).reasons.map((reason) => reason.code)).toEqual([
    'active_deploy',
    'behind_in_queue',
  ]);

  await ship.openGate('staging');
  await ship.until(c, 'succeeded');
  expect((await ship.show(b)).state).toBe('succeeded');
  expect(await ship.liveSha('staging')).toBe(c.sha);
});

test('a cancelled deploy ends its process tree and says so in the last line of its log', async () => {
  await ship.closeGate('staging');
  await ship.push('Never ships');
  const deploy = await ship.deploy('staging');
  await ship.until(deploy, 'running');
  await eventually('the step prints', async () => (await ship.log(deploy)).includes('shipping'));
  await ship.cancel(deploy);
  const ended = await ship.until(deploy, 'cancelled');
  expect(ended.result).toMatch(/^cancelled by operator \(local\) after \d+ s$/);
  expect((await ship.log(deploy)).trimEnd().split('\n').at(-1)).toContain('cancelled by operator (local)');
  expect(await refusal(ship.cancel(deploy))).toBe('invalid_transition');
  await ship.openGate('staging');
});

test('a lock holds what is new and what is queued; a rollback passes it and says so', async () => {
  await ship.closeGate('production');
  const running = await ship.deploy('production', (await ship.push('Runs')).slice(0, 10));
  await ship.until(running, 'running');
  const queued = await ship.deploy('production', await ship.push('Queued'));
  const lock = await ship.lock({ app: 'harbor', environment: 'production' }, 'bad release');
  await ship.openGate('production');
  await ship.until(running, 'succeeded');
  const locked = await ship.why(queued);
  expect(locked.reasons).toMatchObject([
    { code: 'locked', action: 'slipway unlock harbor production --start' },
  ]);

  const back = await ship.until(await ship.rollback('production'), 'succeeded');
  expect((await ship.why(back)).notes.join()).toContain('passed the lock on harbor/production');
  expect((await ship.show(queued)).state).toBe('superseded');
  await ship.unlock(lock);
});

test('unlocking starts what waited only if it is asked to', async () => {
  const lock = await ship.lock({ app: 'harbor' }, 'investigating');
  const waits = await ship.deploy('staging', await ship.push('Waits'));
  expect(await ship.unlock(lock)).toEqual([waits.name]);
  expect((await ship.why(waits)).reasons).toMatchObject([{ code: 'held' }]);

  const second = await ship.lock({ app: 'harbor' }, 'again');
  const next = await ship.deploy('staging', await ship.push('Starts'));
  expect(await ship.unlock(second, true)).toEqual([next.name]);
  await ship.until(next, 'succeeded');
  expect((await ship.show(waits)).state).toBe('queued');
});

test('a rollback after a deploy that failed half-way brings back what was live before it', async () => {
  const broken = await createShip({
    app: { steps: [{ name: 'Release', run: 'echo "release $SLIPWAY_SHA"; test ! -e broken' }] },
  });
  try {
    await broken.push('Good', { files: { page: '1' } });
    await broken.ship('production');
    const better = await broken.push('Better', { files: { page: '2' } });
    await broken.ship('production');
    await broken.push('Broken', { files: { broken: 'yes' } });
    const failed = await broken.until(await broken.deploy('production'), 'failed');
    expect(failed.result).toContain('step 1 "Release": exit code 1');
    expect(await broken.liveSha('production')).toBe(better);
    expect((await broken.environment('production')).in_doubt).toBe(true);
    // To ship the live commit again would be a repair: who asks is shown it, and asked.
    const params = { app: 'harbor', environment: 'production' };
    const nothingToDeploy = async () =>
      (await broken.client.call(api.preview, { params, query: { ref: better } })).nothing_to_deploy;
    expect(await nothingToDeploy()).toBe(false);
    const back = await broken.until(await broken.rollback('production'), 'succeeded');
    expect(back.sha).toBe(better);
    expect((await broken.environment('production')).in_doubt).toBe(false);
    expect(await nothingToDeploy()).toBe(true);
  } finally {
    await broken.close();
  }
});

test('a second click neither ships nor rolls back twice', async () => {
  await ship.closeGate('production');
  const sha = await ship.push('Twice');
  const once = await ship.deploy('production');
  expect(await refusal(ship.deploy('production', sha))).toBe('conflict');
  await ship.openGate('production');
  await ship.until(once, 'succeeded');
  expect(await refusal(ship.deploy('production'))).toBe('conflict');

  await ship.closeGate('production');
  const back = await ship.rollback('production');
  expect(await refusal(ship.rollback('production'))).toBe('conflict');
  await ship.openGate('production');
  await ship.until(back, 'succeeded');
});

test('what nobody has looked at does not go out: the branch moved between the look and the yes', async () => {
  const looked = await ship.push('Looked at');
  await ship.push('Came meanwhile');
  const request = (expected_sha: string) =>
    ship.client.call(api.requestDeploy, {
      params: { app: 'harbor', environment: 'staging' },
      body: { expected_sha },
    });
  expect(await refusal(request(looked))).toBe('conflict');
  const deploy = await request(await ship.push('Looked at again'));
  await ship.until(deploy, 'succeeded');
});
