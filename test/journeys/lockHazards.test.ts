import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createShip, eventually, refusal, type Ship } from '../harness/ship.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
});
afterAll(() => ship.close());

const production = { app: 'harbor', environment: 'production' };
const openLocks = async () => (await ship.client.call(api.listLocks, { query: {} })).items;
const codes = async (deploy: Parameters<Ship['why']>[0]) =>
  (await ship.why(deploy)).reasons.map(({ code }) => code);

test('a lock never stops the re-deploy of a good release, and holds what was queued before it', async () => {
  const good = await ship.ship('production', await ship.push('Good'));
  await ship.closeGate('production');
  const running = await ship.deploy('production', await ship.push('Running'));
  await ship.until(running, 'running');
  const queued = await ship.deploy('production', await ship.push('Queued'));
  const lock = await ship.lock(production, 'an incident');
  await ship.openGate('production');
  await ship.until(running, 'succeeded');
  expect(await codes(queued)).toEqual(['locked']);

  const again = await ship.until(await ship.redeploy(good), 'succeeded');
  expect((await ship.why(again)).notes.join()).toContain('passed the lock on harbor/production');
  expect((await ship.show(queued)).state).toBe('queued');
  const neverShipped = await ship.deploy('production', await ship.push('New'));
  expect(await codes(neverShipped)).toEqual(['locked', 'behind_in_queue'].slice(0, 1));
  await ship.unlock(lock, true);
  await ship.until(queued, 'succeeded');
  await ship.until(neverShipped, 'succeeded');
});

test('a lock has an owner, a time and an end, and covers no more than was said', async () => {
  const member = await ship.api.as('member', { teams: ['web'] });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const began = new Date().toISOString();
  const body = { ...production, reason: 'freeze', expires_at: until };
  const lock = await member.call(api.createLock, { body });
  expect(lock).toMatchObject({
    scope: 'harbor/production',
    created_by: expect.stringMatching(/^member/),
    expires_at: until,
  });
  expect(lock.created_at >= began).toBe(true);
  const taken = ship.lock(production, 'me too');
  await expect(taken).rejects.toThrow(/harbor\/production is already locked by member.* since .*: freeze/);
  await ship.ship('staging', await ship.push('Elsewhere'));

  const waits = await ship.deploy('production', await ship.push('Waits'));
  expect(await codes(waits)).toEqual(['locked']);
  ship.api.advance(3_600_001);
  await eventually('it has ended', async () => (await openLocks()).length === 0);
  // Nobody asked for what waited to start.
  expect(await codes(waits)).toEqual(['held']);
  expect(await ship.cancel(waits)).toMatchObject({ state: 'cancelled', held: null });
});

test.each(['', '   ', '\n\t'])(
  'a lock without a reason (%j) is refused and locks nothing',
  async (reason) => {
    expect(await refusal(ship.lock(production, reason))).toBe('invalid_input');
    expect(await refusal(ship.client.call(api.createLock, { body: production as never }))).toBe(
      'invalid_input',
    );
    expect(await openLocks()).toEqual([]);
  },
);

test('markup in a reason is kept as the text it is, and served as nothing that a browser runs', async () => {
  const reason = '<script>alert(1)</script> & "quotes" <img src=x onerror=alert(2)>';
  const lock = await ship.lock(production, reason);
  const response = await ship.client.fetchRaw(api.listLocks, { query: {} });
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(((await response.json()) as { items: unknown[] }).items).toMatchObject([{ reason }]);
  const waits = await ship.deploy('production', await ship.push('Waits'));
  expect((await ship.why(waits)).reasons[0]?.message).toContain(reason);
  await ship.cancel(waits);
  await ship.unlock(lock);
});

test('a token acts as its user and as nobody else', async () => {
  const member = await ship.api.as('member', { teams: ['web'] });
  const deploy = await ship.deploy('staging', await ship.push('Mine'), { as: member });
  expect(deploy.requested_by).toMatchObject({ kind: 'user', name: expect.stringMatching(/^member/) });
  const body = { ref: 'main', user: 'owner', requested_by: 'owner' } as never;
  const params = { app: 'harbor', environment: 'staging' };
  expect(await refusal(member.call(api.requestDeploy, { params, body }))).toBe('invalid_input');
  expect(await refusal(ship.deploy('staging', 'main', { as: await ship.api.as('viewer') }))).toBe(
    'forbidden',
  );
  expect(await refusal(ship.deploy('staging', 'main', { as: await ship.api.as('member') }))).toBe(
    'forbidden',
  );
  await ship.until(deploy, 'succeeded');
});

test(':previous after a rollback is not what was rolled back from', async () => {
  const first = await ship.ship('staging', await ship.push('First good'));
  const second = await ship.ship('staging', await ship.push('Second good'));
  const bad = await ship.ship('staging', await ship.push('Bad'));
  const back = await ship.until(await ship.rollback('staging'), 'succeeded');
  expect(back.sha).toBe(second.sha);
  const preview = await ship.client.call(api.preview, {
    params: { app: 'harbor', environment: 'staging' },
    query: { ref: ':previous' },
  });
  expect(preview.changes.candidate.sha).toBe(first.sha);
  expect(preview.rollback_to).toBe(first.sha);
  expect(bad.sha).not.toBe(first.sha);
});
