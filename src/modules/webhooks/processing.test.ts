import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hookEachTest, pullRequest } from '../../../test/harness/hooked.ts';
import { signDelivery } from '../../../test/harness/webhooks.ts';
import { leaseDelivery } from './deliveryStore.ts';
import { forgetOldDeliveries } from './index.ts';

const on = hookEachTest();

describe('a delivery', () => {
  it('that asks for nothing is kept with its reason', async () => {
    await on.hook.send(signDelivery('github', on.hook.secret, { zen: 'x' }, { event: 'ping' }));
    await on.hook.send(signDelivery('github', on.hook.secret, { action: 'opened' }, { event: 'issues' }));
    await on.hook.process();
    expect(await on.hook.deliveries()).toMatchObject([
      { outcome: 'ignored', detail: 'issues starts nothing; push, pull_request and merge_group do' },
      { outcome: 'accepted', detail: 'a ping: the webhook works' },
    ]);
  });

  it.each([
    ['is no JSON', Buffer.from('{"ref":'), /no JSON/],
    ['lacks what it must have', Buffer.from('{}'), /no ref/],
    ['is nested without end', Buffer.from(`{"ref":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), /nested/],
    ['is empty', Buffer.alloc(0), /no JSON/],
  ])('that %s fails with its reason, and holds up nobody', async (_, body, reason) => {
    await on.hook.send(signDelivery('github', on.hook.secret, body));
    await on.hook.sendPush('refs/heads/main', await on.hook.origin.commit());
    await on.hook.process();
    expect(await on.hook.deliveries()).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'failed', detail: expect.stringMatching(reason), attempts: 1 },
    ]);
  });

  it('has no characters that the database cannot store, once it is read', async () => {
    const sha = await on.hook.commitOfPull();
    const payload = JSON.stringify({ ...pullRequest(sha), title: '@' }).replace('@', '\\u0000\\ud800 🚢');
    await on.hook.send(
      signDelivery('github', on.hook.secret, Buffer.from(payload), { event: 'pull_request' }),
    );
    await on.hook.process();
    expect(await on.hook.pulls()).toMatchObject([{ payload: { title: '\ufffd\ufffd 🚢' } }]);
  });

  it('that failed is taken again when it is sent again', async () => {
    const id = randomUUID();
    await on.hook.send(signDelivery('github', on.hook.secret, Buffer.from('['), { id }));
    await on.hook.process();
    const again = signDelivery('github', on.hook.secret, { zen: '' }, { id, event: 'ping' });
    expect((await on.hook.send(again)).status).toBe(202);
    await on.hook.process();
    expect(await on.hook.deliveries()).toMatchObject([{ delivery: id, outcome: 'accepted' }]);
    expect((await on.hook.send(again)).status).toBe(200);
  });

  it('that was being acted on when Slipway was killed is acted on once more, and once in all', async () => {
    const sha = await on.hook.commitOfPull();
    await on.hook.sendPull(sha);
    expect(await leaseDelivery(on.test.db, 30)).toMatchObject({ repository: on.hook.name, attempts: 1 });
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({ outcome: null, attempts: 1 });
    await on.hook.retry();
    expect(await on.hook.newest()).toMatchObject({ outcome: 'accepted', attempts: 2 });
    expect(await on.hook.pulls()).toHaveLength(1);
  });

  it('that kills Slipway each time is given up', async () => {
    await on.hook.sendPush('refs/heads/main', 'a'.repeat(40));
    await on.hook.set('attempts = 8');
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('ended 8 times'),
    });
  });

  it('that cannot be acted on for now is tried for a while, and then told', async () => {
    const sha = await on.hook.commitOfPull();
    await on.hook.sendPull(sha);
    await on.test.db.pool.query(
      `update repositories set config = jsonb_set(config, '{url}', '"/nowhere"') where id = $1`,
      [on.hook.id],
    );
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({
      outcome: null,
      detail: expect.stringMatching(/cannot fetch \/nowhere/),
    });
    for (let round = 0; round < 7; round += 1) await on.hook.retry();
    expect(await on.hook.newest()).toMatchObject({ outcome: 'failed', attempts: 8 });
  });

  it('whose repository was deleted meanwhile goes with it', async () => {
    await on.hook.sendPull(await on.hook.commitOfPull());
    const due = await leaseDelivery(on.test.db, 30);
    await on.test.db.pool.query('delete from repositories where id = $1', [on.hook.id]);
    const { actOn } = await import('./actOn.ts');
    if (due === undefined) throw new Error('nothing was due');
    await expect(actOn(on.test.core, due, new AbortController().signal)).rejects.toThrow();
    await on.hook.process();
    expect(await on.hook.triggers()).toEqual([]);
  });

  it('is forgotten after a month, once it was acted on', async () => {
    await on.hook.sendPush('refs/heads/main', 'a'.repeat(40));
    await on.hook.process();
    await on.hook.sendPush('refs/heads/main', 'a'.repeat(40));
    await on.hook.set("received_at = now() - interval '31 days'");
    await forgetOldDeliveries(on.test.core);
    expect(await on.hook.deliveries()).toMatchObject([{ outcome: null }]);
  });
});
