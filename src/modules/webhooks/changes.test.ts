import { describe, expect, it } from 'vitest';
import { hookEachTest, pullRequest } from '../../../test/harness/hooked.ts';
import { signDelivery } from '../../../test/harness/webhooks.ts';
import { keptChangeHead, runGit } from '../../platform/git/index.ts';
import { forgetOldDeliveries } from './index.ts';

const on = hookEachTest();

/** The mirror has heard of a commit. */
async function follow(sha: string, ref = 'refs/heads/main'): Promise<void> {
  await on.hook.sendPush(ref, sha);
  await on.hook.process();
  await on.hook.fetch();
}

describe('a pull request', () => {
  it('starts at its head, which the mirror holds where nobody sees it', async () => {
    const sha = await on.hook.commitOfPull();
    await on.hook.sendPull(sha);
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({
      outcome: 'accepted',
      detail: `pull request 7 opened at ${sha.slice(0, 8)}`,
    });
    expect(await on.hook.pulls()).toMatchObject([
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
    expect(await keptChangeHead(on.test.core.paths.mirror(on.hook.id), 7)).toBe(sha);
    await on.hook.origin.commit();
    await on.hook.fetch();
    expect(await keptChangeHead(on.test.core.paths.mirror(on.hook.id), 7)).toBe(sha);
  });

  it('runs its merge with its base, and what waits for pull_request_target runs the default branch, with secrets also for a fork, whatever base it chose', async () => {
    const { origin } = on.hook;
    const sha = await on.hook.commitOfPull();
    const parents = [await origin.git('rev-parse', 'main')];
    const base = await origin.commit({ branch: 'v1', parents, files: { 'base.txt': 'newer' } });
    await follow(base, 'refs/heads/v1');
    await on.hook.sendPull(sha, { head: 2, base: 'v1' });
    await on.hook.process();
    const mirror = on.test.core.paths.mirror(on.hook.id);
    const [, merge, target] = await on.hook.triggers();
    expect(merge).toMatchObject({ event: 'pull_request', sha, trusted: false });
    const git = async (...args: string[]) => (await runGit(args, { gitDir: mirror })).toString().trim();
    expect(await git('log', '-1', '--format=%P %s', merge?.code_sha ?? '')).toBe(
      `${base} ${sha} Merge ${sha} into ${base}`,
    );
    expect(await git('rev-parse', 'refs/slipway/merges/7')).toBe(merge?.code_sha);
    expect(target).toMatchObject({
      ...{ event: 'pull_request_target', ref: 'refs/heads/main', sha, trusted: true },
      code_sha: await origin.git('rev-parse', 'main'),
    });
  });

  it('that conflicts with its base starts nothing but pull_request_target; of Gitea, which does not look at the base, its head', async () => {
    const { origin } = on.hook;
    const parents = [await origin.git('rev-parse', 'main')];
    const sha = await origin.commit({ branch: 'topic', parents, files: { 'a.txt': 'theirs' } });
    await origin.git('update-ref', 'refs/pull/7/head', sha);
    await follow(await origin.commit({ files: { 'a.txt': 'ours' } }));
    await on.hook.sendPull(sha);
    await on.hook.process();
    expect((await on.hook.triggers()).map(({ event }) => event)).not.toContain('pull_request');
    expect((await on.hook.newest())?.detail).toBe(
      `pull request 7 opened at ${sha.slice(0, 8)}; it conflicts with main (a.txt): pull_request starts nothing until that is resolved`,
    );
    await on.hook.send(signDelivery('gitea', on.hook.secret, pullRequest(sha), { event: 'pull_request' }));
    await on.hook.process();
    expect(await on.hook.pulls()).toMatchObject([{ sha, code_sha: null }]);
    expect((await on.hook.newest())?.detail).toContain('it conflicts with main (a.txt): its head runs');
  });

  it('of a fork is not trusted', async () => {
    await on.hook.sendPull(await on.hook.commitOfPull(), { head: 2 });
    await on.hook.process();
    expect(await on.hook.pulls()).toMatchObject([{ trusted: false }]);
  });

  it('of GitLab starts in the words of GitHub, with the branch that it is for as the mirror has it', async () => {
    const sha = await on.hook.commitOfPull({ ref: 'refs/merge-requests/7/head' });
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
    await on.hook.send(signDelivery('gitlab', on.hook.secret, request, { event: 'Merge Request Hook' }));
    await on.hook.process();
    const [trigger] = await on.hook.pulls();
    expect(trigger).toMatchObject({ event: 'pull_request', sha, payload: { action: 'opened', number: 7 } });
    expect(trigger?.payload?.pull_request.base.sha).toBe(await on.hook.origin.git('rev-parse', 'main'));
  });

  it('starts once, though somebody who caught the delivery sends it again by another name', async () => {
    const sha = await on.hook.commitOfPull();
    for (let round = 0; round < 3; round += 1) await on.hook.sendPull(sha);
    await on.hook.process();
    expect(await on.hook.deliveries()).toHaveLength(3);
    expect(await on.hook.pulls()).toHaveLength(1);
  });

  it('that was moved on starts at each commit that is part of it', async () => {
    const first = await on.hook.commitOfPull();
    const second = await on.hook.commitOfPull({ parents: [first] });
    await on.hook.sendPull(second, { action: 'synchronize' });
    await on.hook.sendPull(first);
    await on.hook.process();
    expect((await on.hook.pulls()).map(({ sha }) => sha)).toEqual([second, first]);
  });

  it('whose head is not there yet is looked for again; one that never comes is ignored', async () => {
    const late = await on.hook.commitOfPull();
    await on.hook.origin.git('update-ref', '-d', 'refs/pull/7/head');
    await on.hook.sendPull(late);
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({ outcome: null, attempts: 1 });
    await on.hook.origin.git('update-ref', 'refs/pull/7/head', late);
    await on.hook.retry();
    expect(await on.hook.newest()).toMatchObject({ outcome: 'accepted', attempts: 2 });

    await on.hook.sendPull('d'.repeat(40));
    await on.hook.process();
    for (let round = 0; round < 3; round += 1) await on.hook.retry();
    expect(await on.hook.newest()).toMatchObject({
      outcome: 'ignored',
      detail: expect.stringContaining('not dddddddd any more'),
    });
    expect(await on.hook.pulls()).toHaveLength(1);
  });

  it('cannot borrow a commit from elsewhere in the repository', async () => {
    await on.hook.commitOfPull();
    const elsewhere = await on.hook.origin.commit({ branch: 'secret', parents: [] });
    await on.hook.fetch();
    await on.hook.sendPull(elsewhere);
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({ outcome: null });
    expect(await on.hook.pulls()).toEqual([]);
  });

  it('waits while the mirror is fetched, and that is no failure', async () => {
    await on.test.db.pool.query(
      "update repositories set fetch_lease_until = now() + interval '1 minute' where id = $1",
      [on.hook.id],
    );
    await on.hook.sendPull(await on.hook.commitOfPull());
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({
      outcome: null,
      attempts: 0,
      detail: 'the mirror is being fetched',
    });
    await on.test.db.pool.query('update repositories set fetch_lease_until = null where id = $1', [
      on.hook.id,
    ]);
    await on.hook.retry();
    expect(await on.hook.newest()).toMatchObject({ outcome: 'accepted' });
  });

  it('keeps its head for two weeks after it was closed, also when older news come later', async () => {
    const sha = await on.hook.commitOfPull();
    await on.hook.sendPull(sha, { action: 'closed', state: 'closed', at: '2026-01-02T00:00:00Z' });
    await on.hook.sendPull(sha, { action: 'labeled', at: '2026-01-01T00:00:00Z' });
    await on.hook.process();
    await forgetOldDeliveries(on.test.core);
    expect(await keptChangeHead(on.test.core.paths.mirror(on.hook.id), 7)).toBe(sha);
    await on.test.db.pool.query(
      "update changes set closed_at = now() - interval '15 days' where repository_id = $1",
      [on.hook.id],
    );
    await forgetOldDeliveries(on.test.core);
    expect(await keptChangeHead(on.test.core.paths.mirror(on.hook.id), 7)).toBeNull();
    expect(
      (
        await runGit(['for-each-ref', 'refs/slipway/changes'], {
          gitDir: on.test.core.paths.mirror(on.hook.id),
        })
      ).toString(),
    ).toBe('');
  });

  it('cannot lead anywhere but to the declared address', async () => {
    const sha = await on.hook.commitOfPull();
    const elsewhere = 'ext::touch /tmp/elsewhere';
    const payload = {
      ...pullRequest(sha),
      repository: { clone_url: elsewhere, url: elsewhere, ssh_url: elsewhere },
    };
    payload.pull_request.head.repo = { id: 1, clone_url: elsewhere } as { id: number };
    await on.hook.send(signDelivery('github', on.hook.secret, payload, { event: 'pull_request' }));
    await on.hook.process();
    expect(await on.hook.pulls()).toMatchObject([{ sha }]);
  });
});

describe('a merge group', () => {
  const queued = 'refs/heads/gh-readonly-queue/main/pr-7-aaaa';
  const send = (sha: string, action = 'checks_requested') => {
    const merge_group = { head_sha: sha, head_ref: queued, base_ref: 'refs/heads/main' };
    const payload = { action, merge_group, sender: { login: 'octocat' } };
    return on.hook.send(signDelivery('github', on.hook.secret, payload, { event: 'merge_group' }));
  };

  it('starts at its own commit, once a fetch has brought its branch', async () => {
    const parents = [await on.hook.origin.git('rev-parse', 'main')];
    const sha = await on.hook.origin.commit({ branch: queued.slice('refs/heads/'.length), parents });
    await send(sha);
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({ outcome: null });
    await on.hook.fetch();
    await on.hook.retry();
    const started = (await on.hook.triggers()).filter(({ event }) => event === 'merge_group');
    expect(started).toMatchObject([{ ref: queued, sha, actor: 'octocat', trusted: true }]);
    expect(started[0]?.payload).toMatchObject({ action: 'checks_requested', merge_group: { head_sha: sha } });
    expect(await on.hook.newest()).toMatchObject({ outcome: 'accepted' });
  });

  it('that is gone, or put together anew, starts nothing', async () => {
    await send(await on.hook.origin.commit(), 'destroyed');
    await on.hook.process();
    expect((await on.hook.newest())?.detail).toBe(
      'merge_group destroyed starts nothing; checks_requested does',
    );
    await send('a'.repeat(40));
    for (let attempt = 0; attempt < 6; attempt += 1) await on.hook.retry();
    expect(await on.hook.newest()).toMatchObject({
      outcome: 'ignored',
      detail: 'merge group gh-readonly-queue/main/pr-7-aaaa: it is not at aaaaaaaa any more',
    });
    expect((await on.hook.triggers()).map(({ event }) => event)).not.toContain('merge_group');
  });
});
