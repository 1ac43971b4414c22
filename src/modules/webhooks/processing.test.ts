import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { type Hooked, hookedRepository, pullRequest } from '../../../test/harness/hooked.ts';
import { signDelivery } from '../../../test/harness/webhooks.ts';
import { leaseDelivery } from './deliveryStore.ts';
import { forgetOldDeliveries } from './index.ts';

let test: TestApi;
let hook: Hooked;
let count = 0;
beforeAll(async () => {
  test = await createTestApi();
});
beforeEach(async () => {
  count += 1;
  hook = await hookedRepository(test, `shop-${count}`);
});
afterEach(() => hook[Symbol.asyncDispose]());
afterAll(() => test.close());

describe('a delivery', () => {
  it('that asks for nothing is kept with its reason', async () => {
    await hook.send(signDelivery('github', hook.secret, { zen: 'x' }, { event: 'ping' }));
    await hook.send(signDelivery('github', hook.secret, { action: 'opened' }, { event: 'issues' }));
    await hook.process();
    expect(await hook.deliveries()).toMatchObject([
      { outcome: 'ignored', detail: 'issues starts nothing; push and pull_request do' },
      { outcome: 'accepted', detail: 'a ping: the webhook works' },
    ]);
  });

  it.each([
    ['is no JSON', Buffer.from('{"ref":'), /no JSON/],
    ['lacks what it must have', Buffer.from('{}'), /no ref/],
    ['is nested without end', Buffer.from(`{"ref":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), /nested/],
    ['is empty', Buffer.alloc(0), /no JSON/],
  ])('that %s fails with its reason, and holds up nobody', async (_, body, reason) => {
    await hook.send(signDelivery('github', hook.secret, body));
    await hook.sendPush('refs/heads/main', await hook.origin.commit());
    await hook.process();
    expect(await hook.deliveries()).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'failed', detail: expect.stringMatching(reason), attempts: 1 },
    ]);
  });

  it('has no characters that the database cannot store, once it is read', async () => {
    const sha = await hook.commitOfPull();
    const payload = JSON.stringify({ ...pullRequest(sha), title: '@' }).replace('@', '\\u0000\\ud800 🚢');
    await hook.send(signDelivery('github', hook.secret, Buffer.from(payload), { event: 'pull_request' }));
    await hook.process();
    expect(await hook.triggers()).toMatchObject([{ payload: { title: '\ufffd\ufffd 🚢' } }]);
  });

  it('that failed is taken again when it is sent again', async () => {
    const id = randomUUID();
    await hook.send(signDelivery('github', hook.secret, Buffer.from('['), { id }));
    await hook.process();
    const again = signDelivery('github', hook.secret, { zen: '' }, { id, event: 'ping' });
    expect((await hook.send(again)).status).toBe(202);
    await hook.process();
    expect(await hook.deliveries()).toMatchObject([{ delivery: id, outcome: 'accepted' }]);
    expect((await hook.send(again)).status).toBe(200);
  });

  it('that was being acted on when Slipway was killed is acted on once more, and once in all', async () => {
    const sha = await hook.commitOfPull();
    await hook.sendPull(sha);
    expect(await leaseDelivery(test.db, 30)).toMatchObject({ repository: hook.name, attempts: 1 });
    await hook.process();
    expect(await hook.newest()).toMatchObject({ outcome: null, attempts: 1 });
    await hook.retry();
    expect(await hook.newest()).toMatchObject({ outcome: 'accepted', attempts: 2 });
    expect(await hook.triggers()).toHaveLength(1);
  });

  it('that kills Slipway each time is given up', async () => {
    await hook.sendPush('refs/heads/main', 'a'.repeat(40));
    await hook.set('attempts = 8');
    await hook.process();
    expect(await hook.newest()).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('ended 8 times'),
    });
  });

  it('that cannot be acted on for now is tried for a while, and then told', async () => {
    const sha = await hook.commitOfPull();
    await hook.sendPull(sha);
    await test.db.pool.query(
      `update repositories set config = jsonb_set(config, '{url}', '"/nowhere"') where id = $1`,
      [hook.id],
    );
    await hook.process();
    expect(await hook.newest()).toMatchObject({
      outcome: null,
      detail: expect.stringMatching(/cannot fetch \/nowhere/),
    });
    for (let round = 0; round < 7; round += 1) await hook.retry();
    expect(await hook.newest()).toMatchObject({ outcome: 'failed', attempts: 8 });
  });

  it('whose repository was deleted meanwhile goes with it', async () => {
    await hook.sendPull(await hook.commitOfPull());
    const due = await leaseDelivery(test.db, 30);
    await test.db.pool.query('delete from repositories where id = $1', [hook.id]);
    const { actOn } = await import('./actOn.ts');
    if (due === undefined) throw new Error('nothing was due');
    await expect(actOn(test.core, due, new AbortController().signal)).rejects.toThrow();
    await hook.process();
    expect(await hook.triggers()).toEqual([]);
  });

  it('is forgotten after a month, once it was acted on', async () => {
    await hook.sendPush('refs/heads/main', 'a'.repeat(40));
    await hook.process();
    await hook.sendPush('refs/heads/main', 'a'.repeat(40));
    await hook.set("received_at = now() - interval '31 days'");
    await forgetOldDeliveries(test.core);
    expect(await hook.deliveries()).toMatchObject([{ outcome: null }]);
  });
});
