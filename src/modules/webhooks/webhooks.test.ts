import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { type Hooked, hookedRepository } from '../../../test/harness/hooked.ts';
import { signDelivery } from '../../../test/harness/webhooks.ts';
import { api } from '../../contract/index.ts';

let test: TestApi;
let hook: Hooked;
beforeAll(async () => {
  test = await createTestApi();
  hook = await hookedRepository(test, 'shop');
});
afterAll(async () => {
  await hook[Symbol.asyncDispose]();
  await test.close();
});

const params = { repository: 'shop' };
const statusWith = async (secret: string) => (await hook.send(signDelivery('github', secret, {}))).status;

it('a webhook has an address and a secret, which is shown once and stored sealed', async () => {
  const shown = await test.machine.call(api.showWebhook, { params });
  expect(shown).toMatchObject({
    url: expect.stringMatching(/^http:.*\/webhooks\/shop$/),
    last_delivery: null,
  });
  expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(JSON.stringify(shown)).not.toContain(hook.secret);
  const { rows } = await test.db.pool.query('select * from webhook_secrets');
  expect(JSON.stringify(rows)).not.toContain(hook.secret.slice(6, 20));
  const { items } = await test.machine.call(api.listAudit, { query: { subject: 'shop' } });
  expect(items.map(({ action }) => action)).toContain('webhook.create');
  expect(JSON.stringify(items)).not.toContain(hook.secret);
});

it('a second one is a conflict, and an unknown repository is told', async () => {
  await expect(test.machine.call(api.createWebhook, { params })).rejects.toThrow(/has a webhook already/);
  await expect(test.machine.call(api.createWebhook, { params: { repository: 'no' } })).rejects.toThrow(
    /no repository/,
  );
});

it('a repository that is hosted here needs none', async () => {
  const text = stringify({ repositories: { shop: { url: hook.origin.directory, fetch_every: 0 }, own: {} } });
  await test.machine.call(api.applyConfiguration, { body: { text } });
  await expect(test.machine.call(api.createWebhook, { params: { repository: 'own' } })).rejects.toThrow(
    /own is hosted here/,
  );
});

it('after a rotation the secret before it is accepted for a day, and one cannot lose it by rotating twice', async () => {
  const { secret: second } = await test.machine.call(api.rotateWebhook, { params });
  const { secret: third, previous_secret_until } = await test.machine.call(api.rotateWebhook, { params });
  expect(new Date(previous_secret_until ?? 0).getTime()).toBeGreaterThan(
    test.core.now().getTime() + 86_000_000,
  );
  for (const secret of [hook.secret, second, third]) expect(await statusWith(secret)).toBe(202);
  for (let round = 0; round < 2; round += 1) await test.machine.call(api.rotateWebhook, { params });
  await expect(test.machine.call(api.rotateWebhook, { params })).rejects.toThrow(/within a day/);
  test.advance(86_400_001);
  for (const secret of [hook.secret, second, third]) expect(await statusWith(secret)).toBe(401);
  const { secret: last } = await test.machine.call(api.rotateWebhook, { params });
  expect(await statusWith(last)).toBe(202);
});

it('deliveries are listed page by page, newest first', async () => {
  for (let number = 0; number < 5; number += 1) {
    const { secret } = await test.machine.call(api.rotateWebhook, { params });
    test.advance(86_400_001);
    await hook.send(signDelivery('github', secret, { number }, { id: `page-${number}` }));
  }
  const first = await test.machine.call(api.listDeliveries, { params, query: { limit: 3 } });
  expect(first.items.map(({ delivery }) => delivery)).toEqual(['page-4', 'page-3', 'page-2']);
  const second = await test.machine.call(api.listDeliveries, {
    params,
    query: { limit: 2, cursor: first.next_cursor ?? '' },
  });
  expect(second.items.map(({ delivery }) => delivery)).toEqual(['page-1', 'page-0']);
});

it('without it nothing is accepted, in the same words; a new one starts with a secret of its own', async () => {
  const { secret } = await test.machine.call(api.rotateWebhook, { params });
  await test.machine.call(api.deleteWebhook, { params });
  expect(await statusWith(secret)).toBe(401);
  await expect(test.machine.call(api.showWebhook, { params })).rejects.toThrow(
    /slipway webhooks create shop/,
  );
  await expect(test.machine.call(api.deleteWebhook, { params })).rejects.toThrow(/has no webhook/);
  await expect(test.machine.call(api.rotateWebhook, { params })).rejects.toThrow(/has no webhook/);
  const made = await test.machine.call(api.createWebhook, { params });
  expect(await statusWith(secret)).toBe(401);
  expect(await statusWith(made.secret)).toBe(202);
});
