import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { type Hooked, hookedRepository } from '../../../test/harness/hooked.ts';
import { signDelivery } from '../../../test/harness/webhooks.ts';
import { keptChangeHead, runGit } from '../../platform/git/index.ts';
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

interface Trigger {
  event: string;
  ref: string;
  sha: string;
  actor: string;
  source: string;
  trusted: boolean;
  payload: { pull_request: { base: { sha: string | null } } } | null;
}
const triggers = async (): Promise<Trigger[]> => {
  const query = 'select * from triggers where repository_id = $1 order by id';
  return (await test.db.pool.query<Trigger>(query, [hook.id])).rows;
};
const set = (assignments: string) =>
  test.db.pool.query(`update webhook_deliveries set ${assignments} where repository_id = ${hook.id}`);
/** As if the pauses between attempts were over. */
const retry = async () => {
  await set('lease_until = null');
  await hook.process();
};
const mirror = () => test.core.paths.mirror(hook.id);
const newest = async () => (await hook.deliveries())[0];

const push = (ref: string, after: string, login = 'octocat') =>
  hook.send(signDelivery('github', hook.secret, { ref, after, sender: { login } }));

/** A pull request of the provider's usual shape, whose head lies where the provider keeps it. */
const pull = (
  sha: string,
  { action = 'opened', state = 'open', head = 1, at = '2026-01-01T00:00:00Z', unique = '' } = {},
) => ({
  action,
  number: 7,
  unique,
  pull_request: {
    state,
    updated_at: at,
    head: { ref: 'topic', sha, repo: { id: head } },
    base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 1 } },
  },
  sender: { login: 'octocat' },
});
const sendPull = (sha: string, options: Parameters<typeof pull>[1] = {}) =>
  hook.send(signDelivery('github', hook.secret, pull(sha, options), { event: 'pull_request' }));

/** A commit that only the ref of a pull request names. */
async function commitOfPull(options: { parents?: string[]; ref?: string } = {}): Promise<string> {
  const { ref = 'refs/pull/7/head', ...rest } = options;
  const sha = await hook.origin.commit({ branch: 'topic', ...rest });
  await hook.origin.git('update-ref', ref, sha);
  await hook.origin.deleteBranch('topic');
  return sha;
}

describe('a push', () => {
  it('has the mirror fetched, and what is found there names who pushed it', async () => {
    const sha = await hook.origin.commit({ branch: 'größe/🚢' });
    await push('refs/heads/größe/🚢', sha);
    await hook.process();
    expect(await newest()).toMatchObject({
      outcome: 'accepted',
      detail: `refs/heads/größe/🚢 at ${sha.slice(0, 8)}; the mirror is fetched`,
    });
    await hook.fetch();
    expect(await triggers()).toMatchObject([
      { event: 'push', ref: 'refs/heads/größe/🚢', sha, actor: 'octocat', source: 'fetch', trusted: true },
    ]);
  });

  it('of an annotated tag names its pusher too', async () => {
    const sha = await hook.origin.commit();
    await hook.fetch();
    await hook.origin.tag('v1', sha, 'One');
    await push('refs/tags/v1', await hook.origin.git('rev-parse', 'refs/tags/v1'), 'tagger');
    await hook.process();
    await hook.fetch();
    expect((await triggers()).find(({ ref }) => ref === 'refs/tags/v1')).toMatchObject({
      sha,
      actor: 'tagger',
    });
  });

  it('that never was, or came late, or came after a newer one, does no harm: the mirror tells what is true', async () => {
    const older = await hook.origin.commit();
    const newer = await hook.origin.commit();
    await push('refs/heads/main', newer, 'ana');
    await hook.process();
    await hook.fetch();
    await push('refs/heads/main', older, 'ben');
    await push('refs/heads/never', 'c'.repeat(40), 'eve');
    await push('refs/heads/main', '0'.repeat(40), 'eve');
    await hook.process();
    await hook.fetch();
    expect(await triggers()).toMatchObject([{ ref: 'refs/heads/main', sha: newer, actor: 'ana' }]);
  });

  it('with a hundred others is one fetch', async () => {
    const sha = await hook.origin.commit();
    for (let number = 0; number < 100; number += 1) await push('refs/heads/main', sha);
    await hook.process();
    const { rows } = await test.db.pool.query(
      "select count(*)::int as count from events where kind = 'repository.fetch_requested' and subject = $1",
      [hook.name],
    );
    expect(rows).toEqual([{ count: 1 }]);
    await hook.fetch();
    expect(await triggers()).toHaveLength(1);
  });

  it('is fetched also when the last fetch began in what is the future by our clock', async () => {
    await test.db.pool.query(
      "update repositories set fetch_started_at = now() + interval '1 hour', fetch_finished_at = now() + interval '1 hour' where id = $1",
      [hook.id],
    );
    await push('refs/heads/main', await hook.origin.commit());
    await hook.process();
    await hook.fetch();
    expect(await triggers()).toHaveLength(1);
  });
});

describe('a pull request', () => {
  it('starts at its head, which the mirror holds where nobody sees it', async () => {
    const sha = await commitOfPull();
    await sendPull(sha);
    await hook.process();
    expect(await newest()).toMatchObject({
      outcome: 'accepted',
      detail: `pull request 7 opened at ${sha.slice(0, 8)}`,
    });
    expect(await triggers()).toMatchObject([
      {
        event: 'pull_request',
        ref: 'refs/pull/7/merge',
        sha,
        actor: 'octocat',
        source: 'webhook',
        trusted: true,
        payload: pull(sha),
      },
    ]);
    expect(await keptChangeHead(mirror(), 7)).toBe(sha);
    await hook.origin.commit();
    await hook.fetch();
    expect(await keptChangeHead(mirror(), 7)).toBe(sha);
  });

  it('of a fork is not trusted', async () => {
    await sendPull(await commitOfPull(), { head: 2 });
    await hook.process();
    expect(await triggers()).toMatchObject([{ trusted: false }]);
  });

  it('of GitLab starts in the words of GitHub, with the branch that it is for as the mirror has it', async () => {
    const sha = await commitOfPull({ ref: 'refs/merge-requests/7/head' });
    const request = {
      object_kind: 'merge_request',
      user: { id: 1, username: 'root' },
      object_attributes: {
        iid: 7,
        action: 'open',
        state: 'opened',
        source_branch: 'topic',
        target_branch: 'main',
        source_project_id: 1,
        target_project_id: 1,
        last_commit: { id: sha },
      },
    };
    await hook.send(signDelivery('gitlab', hook.secret, request, { event: 'Merge Request Hook' }));
    await hook.process();
    const [trigger] = await triggers();
    expect(trigger).toMatchObject({ event: 'pull_request', sha, payload: { action: 'opened', number: 7 } });
    expect(trigger?.payload?.pull_request.base.sha).toBe(await hook.origin.git('rev-parse', 'main'));
  });

  it('starts once, though somebody who caught the delivery sends it again by another name', async () => {
    const sha = await commitOfPull();
    for (let round = 0; round < 3; round += 1) await sendPull(sha);
    await hook.process();
    expect(await hook.deliveries()).toHaveLength(3);
    expect(await triggers()).toHaveLength(1);
  });

  it('that was moved on starts at each commit that is part of it', async () => {
    const first = await commitOfPull();
    const second = await commitOfPull({ parents: [first] });
    await sendPull(second, { action: 'synchronize' });
    await sendPull(first);
    await hook.process();
    expect((await triggers()).map(({ sha }) => sha)).toEqual([second, first]);
  });

  it('whose head is not there yet is looked for again; one that never comes is ignored', async () => {
    const late = await commitOfPull();
    await hook.origin.git('update-ref', '-d', 'refs/pull/7/head');
    await sendPull(late);
    await hook.process();
    expect(await newest()).toMatchObject({ outcome: null, attempts: 1 });
    await hook.origin.git('update-ref', 'refs/pull/7/head', late);
    await retry();
    expect(await newest()).toMatchObject({ outcome: 'accepted', attempts: 2 });

    await sendPull('d'.repeat(40));
    await hook.process();
    for (let round = 0; round < 3; round += 1) await retry();
    expect(await newest()).toMatchObject({
      outcome: 'ignored',
      detail: expect.stringContaining('not dddddddd any more'),
    });
    expect(await triggers()).toHaveLength(1);
  });

  it('cannot borrow a commit from elsewhere in the repository', async () => {
    await commitOfPull();
    const elsewhere = await hook.origin.commit({ branch: 'secret', parents: [] });
    await hook.fetch();
    await sendPull(elsewhere);
    await hook.process();
    expect(await newest()).toMatchObject({ outcome: null });
    expect((await triggers()).filter(({ event }) => event === 'pull_request')).toEqual([]);
  });

  it('waits while the mirror is fetched, and that is no failure', async () => {
    await test.db.pool.query(
      "update repositories set fetch_lease_until = now() + interval '1 minute' where id = $1",
      [hook.id],
    );
    await sendPull(await commitOfPull());
    await hook.process();
    expect(await newest()).toMatchObject({
      outcome: null,
      attempts: 0,
      detail: 'the mirror is being fetched',
    });
    await test.db.pool.query('update repositories set fetch_lease_until = null where id = $1', [hook.id]);
    await retry();
    expect(await newest()).toMatchObject({ outcome: 'accepted' });
  });

  it('keeps its head for two weeks after it was closed, also when older news come later', async () => {
    const sha = await commitOfPull();
    await sendPull(sha, { action: 'closed', state: 'closed', at: '2026-01-02T00:00:00Z' });
    await sendPull(sha, { action: 'labeled', at: '2026-01-01T00:00:00Z' });
    await hook.process();
    await forgetOldDeliveries(test.core);
    expect(await keptChangeHead(mirror(), 7)).toBe(sha);
    await test.db.pool.query(
      "update changes set closed_at = now() - interval '15 days' where repository_id = $1",
      [hook.id],
    );
    await forgetOldDeliveries(test.core);
    expect(await keptChangeHead(mirror(), 7)).toBeNull();
    expect((await runGit(['for-each-ref', 'refs/slipway/changes'], { gitDir: mirror() })).toString()).toBe(
      '',
    );
  });

  it('cannot lead anywhere but to the declared address', async () => {
    const sha = await commitOfPull();
    const elsewhere = 'ext::touch /tmp/elsewhere';
    const payload = {
      ...pull(sha),
      repository: { clone_url: elsewhere, url: elsewhere, ssh_url: elsewhere },
    };
    payload.pull_request.head.repo = { id: 1, clone_url: elsewhere } as { id: number };
    await hook.send(signDelivery('github', hook.secret, payload, { event: 'pull_request' }));
    await hook.process();
    expect(await triggers()).toMatchObject([{ sha }]);
  });
});

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
    await push('refs/heads/main', await hook.origin.commit());
    await hook.process();
    expect(await hook.deliveries()).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'failed', detail: expect.stringMatching(reason), attempts: 1 },
    ]);
  });

  it('has no characters that the database cannot store, once it is read', async () => {
    const sha = await commitOfPull();
    const payload = JSON.stringify({ ...pull(sha), title: '@' }).replace('@', '\\u0000\\ud800 🚢');
    await hook.send(signDelivery('github', hook.secret, Buffer.from(payload), { event: 'pull_request' }));
    await hook.process();
    expect(await triggers()).toMatchObject([{ payload: { title: '\ufffd\ufffd 🚢' } }]);
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
    const sha = await commitOfPull();
    await sendPull(sha);
    expect(await leaseDelivery(test.db, 30)).toMatchObject({ repository: hook.name, attempts: 1 });
    await hook.process();
    expect(await newest()).toMatchObject({ outcome: null, attempts: 1 });
    await retry();
    expect(await newest()).toMatchObject({ outcome: 'accepted', attempts: 2 });
    expect(await triggers()).toHaveLength(1);
  });

  it('that kills Slipway each time is given up', async () => {
    await push('refs/heads/main', 'a'.repeat(40));
    await set('attempts = 8');
    await hook.process();
    expect(await newest()).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('ended 8 times'),
    });
  });

  it('that cannot be acted on for now is tried for a while, and then told', async () => {
    const sha = await commitOfPull();
    await sendPull(sha);
    await test.db.pool.query(
      `update repositories set config = jsonb_set(config, '{url}', '"/nowhere"') where id = $1`,
      [hook.id],
    );
    await hook.process();
    expect(await newest()).toMatchObject({
      outcome: null,
      detail: expect.stringMatching(/cannot fetch \/nowhere/),
    });
    for (let round = 0; round < 7; round += 1) await retry();
    expect(await newest()).toMatchObject({ outcome: 'failed', attempts: 8 });
  });

  it('whose repository was deleted meanwhile goes with it', async () => {
    await sendPull(await commitOfPull());
    const due = await leaseDelivery(test.db, 30);
    await test.db.pool.query('delete from repositories where id = $1', [hook.id]);
    const { actOn } = await import('./actOn.ts');
    if (due === undefined) throw new Error('nothing was due');
    await expect(actOn(test.core, due, new AbortController().signal)).rejects.toThrow();
    await hook.process();
    expect(await triggers()).toEqual([]);
  });

  it('is forgotten after a month, once it was acted on', async () => {
    await push('refs/heads/main', 'a'.repeat(40));
    await hook.process();
    await push('refs/heads/main', 'a'.repeat(40));
    await set("received_at = now() - interval '31 days'");
    await forgetOldDeliveries(test.core);
    expect(await hook.deliveries()).toMatchObject([{ outcome: null }]);
  });
});
