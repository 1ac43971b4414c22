import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { type Hooked, hookedRepository, pullRequest } from '../../../test/harness/hooked.ts';
import { signDelivery } from '../../../test/harness/webhooks.ts';
import { keptChangeHead, runGit } from '../../platform/git/index.ts';
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

describe('a pull request', () => {
  it('starts at its head, which the mirror holds where nobody sees it', async () => {
    const sha = await hook.commitOfPull();
    await hook.sendPull(sha);
    await hook.process();
    expect(await hook.newest()).toMatchObject({
      outcome: 'accepted',
      detail: `pull request 7 opened at ${sha.slice(0, 8)}`,
    });
    expect(await hook.triggers()).toMatchObject([
      {
        event: 'pull_request',
        ref: 'refs/pull/7/merge',
        sha,
        actor: 'octocat',
        source: 'webhook',
        trusted: true,
        payload: pullRequest(sha),
      },
    ]);
    expect(await keptChangeHead(test.core.paths.mirror(hook.id), 7)).toBe(sha);
    await hook.origin.commit();
    await hook.fetch();
    expect(await keptChangeHead(test.core.paths.mirror(hook.id), 7)).toBe(sha);
  });

  it('of a fork is not trusted', async () => {
    await hook.sendPull(await hook.commitOfPull(), { head: 2 });
    await hook.process();
    expect(await hook.triggers()).toMatchObject([{ trusted: false }]);
  });

  it('of GitLab starts in the words of GitHub, with the branch that it is for as the mirror has it', async () => {
    const sha = await hook.commitOfPull({ ref: 'refs/merge-requests/7/head' });
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
    const [trigger] = await hook.triggers();
    expect(trigger).toMatchObject({ event: 'pull_request', sha, payload: { action: 'opened', number: 7 } });
    expect(trigger?.payload?.pull_request.base.sha).toBe(await hook.origin.git('rev-parse', 'main'));
  });

  it('starts once, though somebody who caught the delivery sends it again by another name', async () => {
    const sha = await hook.commitOfPull();
    for (let round = 0; round < 3; round += 1) await hook.sendPull(sha);
    await hook.process();
    expect(await hook.deliveries()).toHaveLength(3);
    expect(await hook.triggers()).toHaveLength(1);
  });

  it('that was moved on starts at each commit that is part of it', async () => {
    const first = await hook.commitOfPull();
    const second = await hook.commitOfPull({ parents: [first] });
    await hook.sendPull(second, { action: 'synchronize' });
    await hook.sendPull(first);
    await hook.process();
    expect((await hook.triggers()).map(({ sha }) => sha)).toEqual([second, first]);
  });

  it('whose head is not there yet is looked for again; one that never comes is ignored', async () => {
    const late = await hook.commitOfPull();
    await hook.origin.git('update-ref', '-d', 'refs/pull/7/head');
    await hook.sendPull(late);
    await hook.process();
    expect(await hook.newest()).toMatchObject({ outcome: null, attempts: 1 });
    await hook.origin.git('update-ref', 'refs/pull/7/head', late);
    await hook.retry();
    expect(await hook.newest()).toMatchObject({ outcome: 'accepted', attempts: 2 });

    await hook.sendPull('d'.repeat(40));
    await hook.process();
    for (let round = 0; round < 3; round += 1) await hook.retry();
    expect(await hook.newest()).toMatchObject({
      outcome: 'ignored',
      detail: expect.stringContaining('not dddddddd any more'),
    });
    expect(await hook.triggers()).toHaveLength(1);
  });

  it('cannot borrow a commit from elsewhere in the repository', async () => {
    await hook.commitOfPull();
    const elsewhere = await hook.origin.commit({ branch: 'secret', parents: [] });
    await hook.fetch();
    await hook.sendPull(elsewhere);
    await hook.process();
    expect(await hook.newest()).toMatchObject({ outcome: null });
    expect((await hook.triggers()).filter(({ event }) => event === 'pull_request')).toEqual([]);
  });

  it('waits while the mirror is fetched, and that is no failure', async () => {
    await test.db.pool.query(
      "update repositories set fetch_lease_until = now() + interval '1 minute' where id = $1",
      [hook.id],
    );
    await hook.sendPull(await hook.commitOfPull());
    await hook.process();
    expect(await hook.newest()).toMatchObject({
      outcome: null,
      attempts: 0,
      detail: 'the mirror is being fetched',
    });
    await test.db.pool.query('update repositories set fetch_lease_until = null where id = $1', [hook.id]);
    await hook.retry();
    expect(await hook.newest()).toMatchObject({ outcome: 'accepted' });
  });

  it('keeps its head for two weeks after it was closed, also when older news come later', async () => {
    const sha = await hook.commitOfPull();
    await hook.sendPull(sha, { action: 'closed', state: 'closed', at: '2026-01-02T00:00:00Z' });
    await hook.sendPull(sha, { action: 'labeled', at: '2026-01-01T00:00:00Z' });
    await hook.process();
    await forgetOldDeliveries(test.core);
    expect(await keptChangeHead(test.core.paths.mirror(hook.id), 7)).toBe(sha);
    await test.db.pool.query(
      "update changes set closed_at = now() - interval '15 days' where repository_id = $1",
      [hook.id],
    );
    await forgetOldDeliveries(test.core);
    expect(await keptChangeHead(test.core.paths.mirror(hook.id), 7)).toBeNull();
    expect(
      (
        await runGit(['for-each-ref', 'refs/slipway/changes'], { gitDir: test.core.paths.mirror(hook.id) })
      ).toString(),
    ).toBe('');
  });

  it('cannot lead anywhere but to the declared address', async () => {
    const sha = await hook.commitOfPull();
    const elsewhere = 'ext::touch /tmp/elsewhere';
    const payload = {
      ...pullRequest(sha),
      repository: { clone_url: elsewhere, url: elsewhere, ssh_url: elsewhere },
    };
    payload.pull_request.head.repo = { id: 1, clone_url: elsewhere } as { id: number };
    await hook.send(signDelivery('github', hook.secret, payload, { event: 'pull_request' }));
    await hook.process();
    expect(await hook.triggers()).toMatchObject([{ sha }]);
  });
});
