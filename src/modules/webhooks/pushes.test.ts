import { describe, expect, it } from 'vitest';
import { hookEachTest } from '../../../test/harness/hooked.ts';

const on = hookEachTest();

describe('a push', () => {
  it('has the mirror fetched, and what is found there names who pushed it', async () => {
    const sha = await on.hook.origin.commit({ branch: 'größe/🚢' });
    await on.hook.sendPush('refs/heads/größe/🚢', sha);
    await on.hook.process();
    expect(await on.hook.newest()).toMatchObject({
      outcome: 'accepted',
      detail: `refs/heads/größe/🚢 at ${sha.slice(0, 8)}; the mirror is fetched`,
    });
    await on.hook.fetch();
    expect(await on.hook.triggers()).toMatchObject([
      { event: 'push', ref: 'refs/heads/größe/🚢', sha, actor: 'octocat', source: 'fetch', trusted: true },
    ]);
  });

  it('of an annotated tag names its pusher too', async () => {
    const sha = await on.hook.origin.commit();
    await on.hook.fetch();
    await on.hook.origin.tag('v1', sha, 'One');
    await on.hook.sendPush('refs/tags/v1', await on.hook.origin.git('rev-parse', 'refs/tags/v1'), 'tagger');
    await on.hook.process();
    await on.hook.fetch();
    expect((await on.hook.triggers()).find(({ ref }) => ref === 'refs/tags/v1')).toMatchObject({
      sha,
      actor: 'tagger',
    });
  });

  it('that never was, or came late, or came after a newer one, does no harm: the mirror tells what is true', async () => {
    const older = await on.hook.origin.commit();
    const newer = await on.hook.origin.commit();
    await on.hook.sendPush('refs/heads/main', newer, 'ana');
    await on.hook.process();
    await on.hook.fetch();
    await on.hook.sendPush('refs/heads/main', older, 'ben');
    await on.hook.sendPush('refs/heads/never', 'c'.repeat(40), 'eve');
    await on.hook.sendPush('refs/heads/main', '0'.repeat(40), 'eve');
    await on.hook.process();
    await on.hook.fetch();
    expect(await on.hook.triggers()).toMatchObject([{ ref: 'refs/heads/main', sha: newer, actor: 'ana' }]);
  });

  it('with a hundred others is one fetch', async () => {
    const sha = await on.hook.origin.commit();
    for (let number = 0; number < 100; number += 1) await on.hook.sendPush('refs/heads/main', sha);
    await on.hook.process();
    const { rows } = await on.test.db.pool.query(
      "select count(*)::int as count from events where kind = 'repository.fetch_requested' and subject = $1",
      [on.hook.name],
    );
    expect(rows).toEqual([{ count: 1 }]);
    await on.hook.fetch();
    expect(await on.hook.triggers()).toHaveLength(1);
  });

  it('is fetched also when the last fetch began in what is the future by our clock', async () => {
    await on.test.db.pool.query(
      "update repositories set fetch_started_at = now() + interval '1 hour', fetch_finished_at = now() + interval '1 hour' where id = $1",
      [on.hook.id],
    );
    await on.hook.sendPush('refs/heads/main', await on.hook.origin.commit());
    await on.hook.process();
    await on.hook.fetch();
    expect(await on.hook.triggers()).toHaveLength(1);
  });
});
