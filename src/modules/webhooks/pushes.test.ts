import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { type Hooked, hookedRepository } from '../../../test/harness/hooked.ts';

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

describe('a push', () => {
  it('has the mirror fetched, and what is found there names who pushed it', async () => {
    const sha = await hook.origin.commit({ branch: 'größe/🚢' });
    await hook.sendPush('refs/heads/größe/🚢', sha);
    await hook.process();
    expect(await hook.newest()).toMatchObject({
      outcome: 'accepted',
      detail: `refs/heads/größe/🚢 at ${sha.slice(0, 8)}; the mirror is fetched`,
    });
    await hook.fetch();
    expect(await hook.triggers()).toMatchObject([
      { event: 'push', ref: 'refs/heads/größe/🚢', sha, actor: 'octocat', source: 'fetch', trusted: true },
    ]);
  });

  it('of an annotated tag names its pusher too', async () => {
    const sha = await hook.origin.commit();
    await hook.fetch();
    await hook.origin.tag('v1', sha, 'One');
    await hook.sendPush('refs/tags/v1', await hook.origin.git('rev-parse', 'refs/tags/v1'), 'tagger');
    await hook.process();
    await hook.fetch();
    expect((await hook.triggers()).find(({ ref }) => ref === 'refs/tags/v1')).toMatchObject({
      sha,
      actor: 'tagger',
    });
  });

  it('that never was, or came late, or came after a newer one, does no harm: the mirror tells what is true', async () => {
    const older = await hook.origin.commit();
    const newer = await hook.origin.commit();
    await hook.sendPush('refs/heads/main', newer, 'ana');
    await hook.process();
    await hook.fetch();
    await hook.sendPush('refs/heads/main', older, 'ben');
    await hook.sendPush('refs/heads/never', 'c'.repeat(40), 'eve');
    await hook.sendPush('refs/heads/main', '0'.repeat(40), 'eve');
    await hook.process();
    await hook.fetch();
    expect(await hook.triggers()).toMatchObject([{ ref: 'refs/heads/main', sha: newer, actor: 'ana' }]);
  });

  it('with a hundred others is one fetch', async () => {
    const sha = await hook.origin.commit();
    for (let number = 0; number < 100; number += 1) await hook.sendPush('refs/heads/main', sha);
    await hook.process();
    const { rows } = await test.db.pool.query(
      "select count(*)::int as count from events where kind = 'repository.fetch_requested' and subject = $1",
      [hook.name],
    );
    expect(rows).toEqual([{ count: 1 }]);
    await hook.fetch();
    expect(await hook.triggers()).toHaveLength(1);
  });

  it('is fetched also when the last fetch began in what is the future by our clock', async () => {
    await test.db.pool.query(
      "update repositories set fetch_started_at = now() + interval '1 hour', fetch_finished_at = now() + interval '1 hour' where id = $1",
      [hook.id],
    );
    await hook.sendPush('refs/heads/main', await hook.origin.commit());
    await hook.process();
    await hook.fetch();
    expect(await hook.triggers()).toHaveLength(1);
  });
});
