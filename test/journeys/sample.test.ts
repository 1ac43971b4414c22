import { expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { createSample } from '../harness/sample.ts';
import { scoped } from '../harness/scoped.ts';
import { eventually } from '../harness/ship.ts';

test('a newcomer ships the sample, rolls it back, kills Slipway and finds everything again', async () => {
  const sample = await scoped(createSample());
  const on = { params: { app: 'harbor', environment: 'production' } };

  // The first start ships main to staging and leaves production alone.
  await sample.start();
  const staged = await sample.health('staging');
  expect(staged).toMatchObject({ environment: 'staging', sha: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(sample.printed).toContain(staged?.sha.slice(0, 8));
  expect(await sample.page('staging')).toContain(staged?.sha.slice(0, 8));
  expect(await sample.health('production')).toBeUndefined();
  expect(await sample.page('production')).toContain('slipway deploy harbor production');

  // A tag, then main, then back to the tag.
  const tag = await sample.ship('production', 'v1.1');
  expect(await sample.health('production')).toMatchObject({ sha: tag.sha, environment: 'production' });
  const { items } = await sample.client.call(api.listChanges, { ...on, query: {} });
  expect(items.map((change) => change.affects_app)).toContain(false);
  expect(items.map((change) => change.pull_request)).toContain(24);
  const main = await sample.ship('production');
  expect((await sample.health('production'))?.sha).toBe(main.sha);
  await sample.ended(await sample.client.call(api.rollback, { ...on, body: {} }));
  expect((await sample.health('production'))?.sha).toBe(tag.sha);

  // What is broken does not get through, and what runs stays.
  const broken = await sample.ship('staging', 'broken-tests');
  expect(broken).toMatchObject({ state: 'failed', result: expect.stringContaining('"Test"') });
  expect((await sample.health('staging'))?.sha).toBe(staged?.sha);

  // Killed, and started again: the same releases, no new deploy, nothing made anew.
  await sample.kill();
  await sample.start();
  expect(sample.printed).not.toContain('Shipping');
  await eventually('production is back', async () => (await sample.health('production'))?.sha === tag.sha);
  expect((await sample.health('staging'))?.sha).toBe(staged?.sha);

  // Ctrl-C leaves nothing behind.
  await sample.interrupt();
});
