import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { stringify } from 'yaml';
import { api } from '../../src/contract/index.ts';
import { fetchNext } from '../../src/modules/repositories/index.ts';
import { processNextDelivery } from '../../src/modules/webhooks/index.ts';
import { createTestApi, type TestApi } from './api.ts';
import { createRepository, type Repository } from './git.ts';
import { type Delivery, signDelivery } from './webhooks.ts';

/** A repository with a webhook, and the dispatcher's work done when the test says so. */
export interface Hooked {
  readonly name: string;
  readonly id: number;
  readonly origin: Repository;
  readonly secret: string;
  /** What the receiver answers. */
  send(delivery: Delivery): Promise<Answer>;
  /** Acts on all that waits now. */
  process(): Promise<void>;
  /** Fetches all that is due now. */
  fetch(): Promise<void>;
  /** Newest first. */
  deliveries(): Promise<DeliveryFacts[]>;
  newest(): Promise<DeliveryFacts | undefined>;
  /** Changes columns of all its deliveries. */
  set(assignments: string): Promise<void>;
  /** Acts on all that waits, as if the pauses between attempts were over. */
  retry(): Promise<void>;
  triggers(): Promise<TriggerFacts[]>;
  /** Those of pull requests at their merge. */
  pulls(): Promise<TriggerFacts[]>;
  sendPush(ref: string, after: string, login?: string): Promise<Answer>;
  sendPull(sha: string, options?: PullOptions): Promise<Answer>;
  /** A commit that only the ref of pull request 7 names, or another ref. */
  commitOfPull(options?: { parents?: string[]; ref?: string }): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface DeliveryFacts {
  readonly delivery: string;
  readonly outcome: string | null;
  readonly detail: string | null;
  readonly attempts: number;
}

export interface TriggerFacts {
  readonly event: string;
  readonly ref: string;
  readonly sha: string;
  readonly code_sha: string | null;
  readonly actor: string;
  readonly source: string;
  readonly trusted: boolean;
  readonly payload: { readonly pull_request: { readonly base: { readonly sha: string | null } } } | null;
}

export interface PullOptions {
  readonly action?: string;
  readonly state?: string;
  /** The id of the repository that its head lies in; it is for 1. */
  readonly head?: number;
  /** The branch that it is for; main. */
  readonly base?: string;
  readonly at?: string;
}

/** Pull request 7, as GitHub tells of it. */
export const pullRequest = (
  sha: string,
  {
    action = 'opened',
    state = 'open',
    head = 1,
    base = 'main',
    at = '2026-01-01T00:00:00Z',
  }: PullOptions = {},
) => ({
  action,
  number: 7,
  pull_request: {
    state,
    updated_at: at,
    head: { ref: 'topic', sha, repo: { id: head } },
    base: { ref: base, sha: 'b'.repeat(40), repo: { id: 1 } },
  },
  sender: { login: 'octocat' },
});

/** Declares a repository with one commit, fetches it and gives it a webhook. */
export async function hookedRepository(test: TestApi, name: string): Promise<Hooked> {
  const origin = await createRepository();
  await origin.commit();
  const text = stringify({ repositories: { [name]: { url: origin.directory, fetch_every: 0 } } });
  await test.machine.call(api.applyConfiguration, { body: { text } });
  const { signal } = new AbortController();
  const fetch = async () => {
    while (await fetchNext(test.core, signal));
  };
  await fetch();
  const { secret } = await test.machine.call(api.createWebhook, { params: { repository: name } });
  const { rows } = await test.db.pool.query<{ id: number }>('select id from repositories where name = $1', [
    name,
  ]);
  const id = Number(rows[0]?.id);
  const send: Hooked['send'] = (delivery) => post(`${test.address}/webhooks/${name}`, delivery);
  const act = async () => {
    while (await processNextDelivery(test.core, signal));
  };
  const deliveries: Hooked['deliveries'] = async () => {
    const query = { limit: 200 };
    return (await test.machine.call(api.listDeliveries, { params: { repository: name }, query })).items;
  };
  const triggers: Hooked['triggers'] = async () => {
    const query = 'select * from triggers where repository_id = $1 order by id';
    return (await test.db.pool.query<TriggerFacts>(query, [id])).rows;
  };
  const set: Hooked['set'] = async (assignments) => {
    await test.db.pool.query(`update webhook_deliveries set ${assignments} where repository_id = ${id}`);
  };
  return {
    ...{ name, id, origin, secret, fetch, send, process: act, deliveries, set },
    newest: async () => (await deliveries())[0],
    retry: async () => {
      await set('lease_until = null');
      await act();
    },
    triggers,
    pulls: async () => (await triggers()).filter(({ event }) => event === 'pull_request'),
    sendPush: (ref, after, login = 'octocat') =>
      send(signDelivery('github', secret, { ref, after, sender: { login } })),
    sendPull: (sha, options) =>
      send(signDelivery('github', secret, pullRequest(sha, options), { event: 'pull_request' })),
    commitOfPull: async ({ ref = 'refs/pull/7/head', ...options } = {}) => {
      const parents = [await origin.git('rev-parse', 'main')];
      const sha = await origin.commit({ branch: 'topic', parents, ...options });
      await origin.git('update-ref', ref, sha);
      await origin.deleteBranch('topic');
      return sha;
    },
    [Symbol.asyncDispose]: () => origin[Symbol.asyncDispose](),
  };
}

/** Posts bytes, and reads the answer also when it comes before all of them were taken. */
export function post(url: string, { headers, body }: Delivery): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
      agent: false,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    sent.end(body);
  });
}

/** A server for the tests of a file, and a repository with a webhook for each of them. */
export function hookEachTest(): { readonly test: TestApi; readonly hook: Hooked } {
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
  return {
    get test() {
      return test;
    },
    get hook() {
      return hook;
    },
  };
}
