import { expect, test, vi } from 'vitest';
import { createRepository } from '../harness/git.ts';
import { type Answer, post } from '../harness/hooked.ts';
import { createInstallation } from '../harness/installation.ts';
import { scoped } from '../harness/scoped.ts';
import { type DeliveryOptions, signDelivery } from '../harness/webhooks.ts';

const patiently = { timeout: 60_000, interval: 200 };

test('a webhook is made by the command line; what it took survives kill -9, and happens once', async () => {
  const origin = await scoped(createRepository());
  await origin.commit();
  const installation = await createInstallation();
  await scoped(Promise.resolve({ [Symbol.asyncDispose]: installation.close }));
  await installation.up();
  await installation.apply({ repositories: { harbor: { url: origin.directory, fetch_every: 0 } } });

  const slipway = async (...args: string[]) => {
    const { code, stdout, stderr } = await installation.slipway(args);
    expect(code, stderr).toBe(0);
    return stdout;
  };
  expect((await slipway('repos', 'fetch', 'harbor')).trim()).toMatch(/is fetched/);
  const made = await slipway('webhooks', 'create', 'harbor');
  const secret = /whsec_\S+/.exec(made)?.[0] ?? '';
  expect(made).toMatch(/url +http\S+\/webhooks\/harbor/);
  expect(await slipway('webhooks', 'show', 'harbor')).toMatch(/nothing was delivered yet/);

  const send = async (payload: unknown, options: DeliveryOptions, key = secret): Promise<Answer> =>
    post(`${await installation.url()}/webhooks/harbor`, signDelivery('github', key, payload, options));
  interface Item {
    delivery: string;
    outcome: string | null;
    detail: string;
  }
  const deliveries = async (): Promise<Item[]> =>
    JSON.parse(await slipway('webhooks', 'deliveries', 'harbor', '--json')).items;
  const sha = await origin.commit({ branch: 'topic' });
  await origin.git('update-ref', 'refs/pull/7/head', sha);
  const repo = { id: 1 };
  const sides = { head: { ref: 'topic', sha, repo }, base: { ref: 'main', sha: null, repo } };
  const pull = (title: string) => ({
    action: 'opened',
    number: 7,
    pull_request: { state: 'open', title, ...sides },
    sender: { login: 'octocat' },
  });

  for (let round = 1; round <= 3; round += 1) {
    const options = { id: `pull-${round}`, event: 'pull_request' };
    expect((await send(pull(`Round ${round}`), options)).status).toBe(202);
    await installation.kill();
    await installation.up();
    // A lease may have to run out first.
    await vi.waitFor(
      async () => expect(await deliveries()).toMatchObject(Array(round).fill({ outcome: 'accepted' })),
      patiently,
    );
    expect((await send(pull(`Round ${round}`), options)).status).toBe(200);
  }

  expect((await send({}, {}, 'whsec_AAAA')).status).toBe(401);
  await vi.waitFor(
    async () =>
      expect(await slipway('webhooks', 'show', 'harbor')).toMatch(/refused.*not signed with its secret/),
    patiently,
  );
  const rotated = /whsec_\S+/.exec(await slipway('webhooks', 'rotate', 'harbor'))?.[0] ?? '';
  for (const key of [secret, rotated])
    expect((await send({ zen: '' }, { event: 'ping' }, key)).status).toBe(202);
  expect(await slipway('webhooks', 'deliveries', 'harbor')).toMatch(
    /github +pull_request +accepted +pull request 7/,
  );
  await slipway('webhooks', 'remove', 'harbor');
  for (const key of [secret, rotated]) expect((await send({}, {}, key)).status).toBe(401);
}, 240_000);
