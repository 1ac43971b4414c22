import { request } from 'node:http';
import { stringify } from 'yaml';
import { api } from '../../src/contract/index.ts';
import { fetchNext } from '../../src/modules/repositories/index.ts';
import { processNextDelivery } from '../../src/modules/webhooks/index.ts';
import type { TestApi } from './api.ts';
import { createRepository, type Repository } from './git.ts';
import type { Delivery } from './webhooks.ts';

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
  deliveries(): Promise<
    { delivery: string; outcome: string | null; detail: string | null; attempts: number }[]
  >;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

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
  return {
    name,
    id: Number(rows[0]?.id),
    origin,
    secret,
    fetch,
    send: (delivery) => post(`${test.address}/webhooks/${name}`, delivery),
    process: async () => {
      while (await processNextDelivery(test.core, signal));
    },
    deliveries: async () => {
      const query = { limit: 200 };
      return (await test.machine.call(api.listDeliveries, { params: { repository: name }, query })).items;
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
