import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { type Hooked, hookedRepository, post } from '../../../test/harness/hooked.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { signDelivery, standardHeaders } from '../../../test/harness/webhooks.ts';
import { api } from '../../contract/index.ts';
import { createServer } from '../../platform/http/server.ts';
import { createLogger } from '../../platform/log.ts';
import { byteBudget } from './byteBudget.ts';
import { registerWebhookReceiver } from './index.ts';
import { withBody } from './readBody.ts';
import { newWebhookSecret } from './verify.ts';

let test: TestApi;
let shop: Hooked;
let other: Hooked;
beforeAll(async () => {
  test = await createTestApi();
  shop = await hookedRepository(test, 'shop');
  other = await hookedRepository(test, 'other');
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
  await test.close();
});

const stored = async (id: string) => {
  const { rows } = await test.db.pool.query('select * from webhook_deliveries where delivery = $1', [id]);
  return rows;
};
const webhook = (repository = 'shop') => test.machine.call(api.showWebhook, { params: { repository } });

describe('a delivery that is signed', () => {
  it.each(['github', 'gitlab', 'gitea'] as const)(
    'by %s is stored as it came, and answered at once',
    async (provider) => {
      const id = randomUUID();
      const delivery = signDelivery(
        provider,
        shop.secret,
        { ref: 'refs/heads/größe' },
        { id, event: 'push' },
      );
      const answer = await shop.send(delivery);
      expect(answer.status, answer.text).toBe(202);
      expect(JSON.parse(answer.text)).toEqual({ delivery: id, state: 'received' });
      expect(await stored(id)).toMatchObject([
        {
          provider,
          event: 'push',
          body: delivery.body,
          size_bytes: delivery.body.length,
          processed_at: null,
        },
      ]);
      expect(await webhook()).toMatchObject({ last_delivery: { delivery: id, provider, outcome: null } });
    },
  );

  it('as a form is taken', async () => {
    for (const provider of ['github', 'gitea'] as const)
      expect(
        (await shop.send(signDelivery(provider, shop.secret, { ref: 'x' }, { form: true }))).status,
      ).toBe(202);
  });

  it('by the signing token of GitLab is taken', async () => {
    const body = Buffer.from('{}');
    const id = `msg_${randomUUID()}`;
    const headers = {
      'content-type': 'application/json',
      'x-gitlab-event': 'Push Hook',
      ...standardHeaders(shop.secret, id, body),
    };
    expect((await shop.send({ headers, body })).status).toBe(202);
    expect(await stored(id)).toHaveLength(1);
  });

  it('and comes twice is stored once, whatever else it says the second time', async () => {
    const id = randomUUID();
    const first = signDelivery('github', shop.secret, { ref: 'a' }, { id });
    const answers = await Promise.all(Array.from({ length: 8 }, () => shop.send(first)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 202]);
    const again = await shop.send(signDelivery('github', shop.secret, { ref: 'b' }, { id }));
    expect([again.status, JSON.parse(again.text)]).toEqual([
      200,
      { delivery: id, state: 'already received' },
    ]);
    expect(await stored(id)).toMatchObject([{ body: first.body }]);
    // The ids of different senders, and of different repositories, have nothing to do with each other.
    expect((await shop.send(signDelivery('gitea', shop.secret, {}, { id }))).status).toBe(202);
    expect((await other.send(signDelivery('github', other.secret, {}, { id }))).status).toBe(202);
  });

  it('without an id, or with one that is none, is known by its content', async () => {
    const payload = { unique: randomUUID() };
    const id = `sha256:${createHash('sha256').update(JSON.stringify(payload)).digest('hex')}`;
    for (const name of [undefined, 'x'.repeat(201), 'ä b']) {
      const { headers, body } = signDelivery('github', shop.secret, payload);
      const { 'x-github-delivery': _, ...rest } = headers;
      await shop.send({
        headers: { ...rest, ...(name === undefined ? {} : { 'x-github-delivery': name }) },
        body,
      });
    }
    expect(await stored(id)).toHaveLength(1);
  });

  it.each([
    ['is no JSON', Buffer.from('{"a":')],
    ['is empty', Buffer.alloc(0)],
    ['has NUL and half a character', Buffer.from('{"ref":"\\u0000\\ud800"}')],
    ['is no UTF-8', Buffer.from([0xff, 0x00, 0xfe])],
  ])('is stored also when its body %s: it is read later', async (_, body) => {
    const id = randomUUID();
    expect((await shop.send(signDelivery('github', shop.secret, body, { id }))).status).toBe(202);
    expect(await stored(id)).toMatchObject([{ body }]);
  });
});

describe('a delivery that is not', () => {
  const refusedAs = async (name: string, delivery: ReturnType<typeof signDelivery>) => {
    const answer = await post(`${test.address}/webhooks/${name}`, delivery);
    const { request_id: _, ...problem } = JSON.parse(answer.text);
    return { status: answer.status, problem };
  };

  it('is refused in the same words, whatever is wrong with it', async () => {
    const id = randomUUID();
    const good = signDelivery('github', shop.secret, { ref: 'x' }, { id });
    const without = (...names: string[]) => ({
      body: good.body,
      headers: Object.fromEntries(Object.entries(good.headers).filter(([name]) => !names.includes(name))),
    });
    const refusals = [
      await refusedAs('shop', signDelivery('github', newWebhookSecret(), { ref: 'x' }, { id })),
      await refusedAs('shop', signDelivery('github', other.secret, { ref: 'x' }, { id })),
      await refusedAs('shop', { ...good, body: Buffer.from('{"ref":"y"}') }),
      await refusedAs('shop', without('x-hub-signature-256')),
      await refusedAs('shop', without('x-hub-signature-256', 'x-hub-signature')),
      await refusedAs('shop', without('x-github-event')),
      await refusedAs('shop', signDelivery('gitlab', other.secret, { ref: 'x' }, { id })),
      await refusedAs('shop', signDelivery('gitea', other.secret, { ref: 'x' }, { id })),
      await refusedAs('nobody', good),
      await refusedAs('%00', good),
      await refusedAs('Shop', good),
      await refusedAs("x'; drop table webhooks; --", good),
    ];
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
    expect(refusals[0]).toMatchObject({ status: 401, problem: { code: 'unauthenticated' } });
    expect(await stored(id)).toEqual([]);
  });

  it('shows on the webhook that it was refused, and a proper one does not', async () => {
    await other.send(signDelivery('github', shop.secret, {}));
    await expect.poll(async () => (await webhook('other')).refused_at).not.toBeNull();
  });
});

describe('how much is taken', () => {
  const largest = 25 * 1024 * 1024;

  it('is 25 MiB, as much as GitHub sends', async () => {
    const id = randomUUID();
    const body = Buffer.alloc(largest, 'x');
    expect((await shop.send(signDelivery('github', shop.secret, body, { id }))).status).toBe(202);
    expect(await stored(id)).toMatchObject([{ size_bytes: largest }]);
  });

  it('is no more, whether it is announced or not', async () => {
    const delivery = signDelivery('github', shop.secret, Buffer.alloc(largest + 1, 'x'));
    const announced = await shop.send(delivery);
    expect([announced.status, JSON.parse(announced.text).detail]).toEqual([
      413,
      'a delivery has at most 25 MiB',
    ]);
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1024 * 1024);
      })(),
    );
    await expect(
      withBody(endless, undefined, byteBudget(largest * 2), async () => 'read'),
    ).rejects.toMatchObject({
      code: 'payload_too_large',
    });
  });

  it('is little at once: who would hold more is asked to come again, and what is held is given back', async () => {
    const server = await createServer(createLogger('test', 'silent'));
    const { db, core } = test;
    registerWebhookReceiver(server, { db, box: core.secrets.box, now: core.now, heldBytes: 1000 });
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    try {
      const send = (bytes: number) =>
        post(`${url}/webhooks/shop`, signDelivery('github', shop.secret, Buffer.alloc(bytes, 'x')));
      const tooMuch = await send(1001);
      expect([tooMuch.status, tooMuch.headers['retry-after']]).toEqual([503, '10']);
      // Who still sends when it is decided hears of it all the same.
      const many = await Promise.all(Array.from({ length: 10 }, () => send(5 * 1024 * 1024)));
      expect(new Set(many.map(({ status }) => status))).toEqual(new Set([503]));
      for (let round = 0; round < 5; round += 1) expect((await send(1000)).status).toBe(202);
    } finally {
      await server.close();
    }
  });

  it('counts when it has come, not when it is announced; a sender that breaks off gives it back', async () => {
    const budget = byteBudget(10);
    const breaking = new Readable({
      read() {
        this.push(Buffer.alloc(6));
        this.destroy(new Error('the sender is gone'));
      },
    });
    await expect(withBody(breaking, 10, budget, async () => 'read')).rejects.toThrow(/gone/);
    expect(await withBody(Readable.from([Buffer.alloc(10)]), 10, budget, async (body) => body.length)).toBe(
      10,
    );
    expect(budget.take(10)).toBe(true);
    expect(budget.take(1)).toBe(false);
  });
});

it('takes a thousand at once, each once', async () => {
  const busy = await scoped(hookedRepository(test, 'busy'));
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, number) =>
      busy.send(signDelivery('github', busy.secret, { number }, { id: `n${number}` })),
    ),
  );
  const others = answers.filter(({ status }) => status !== 202);
  expect(others.map(({ text }) => text)).toEqual([]);
  const { rows } = await test.db.pool.query(
    'select count(*)::int as count from webhook_deliveries where repository_id = $1',
    [busy.id],
  );
  expect(rows).toEqual([{ count: 1000 }]);
});
