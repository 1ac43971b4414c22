import { createHmac, randomUUID } from 'node:crypto';
import type { Provider } from '../../src/modules/webhooks/sender.ts';

/** What GitHub, GitLab or Gitea would send. */
export interface Delivery {
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export interface DeliveryOptions {
  readonly event?: string;
  readonly id?: string;
  /** Send the payload as a field of a form. */
  readonly form?: boolean;
}

/** Signs a payload, or any bytes, as a provider does. */
export function signDelivery(
  provider: Provider,
  secret: string,
  payload: unknown,
  { event = 'push', id = randomUUID(), form = false }: DeliveryOptions = {},
): Delivery {
  const content = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  const body = form ? Buffer.from(String(new URLSearchParams({ payload: content.toString() }))) : content;
  const contentType = form ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    body,
    headers: { 'content-type': contentType, ...headersOf[provider]({ secret, event, id, body, content }) },
  };
}

interface Signing {
  readonly secret: string;
  readonly event: string;
  readonly id: string;
  readonly body: Buffer;
  /** The payload without the form around it. */
  readonly content: Buffer;
}

const headersOf: Record<Provider, (signing: Signing) => Record<string, string>> = {
  github: ({ secret, event, id, body }) => ({
    'x-github-event': event,
    'x-github-delivery': id,
    'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
    'x-hub-signature-256': `sha256=${hexOf(secret, body)}`,
  }),
  // Gitea sends GitHub's headers too, and signs what it puts into a form.
  gitea: ({ secret, event, id, content }) => ({
    'x-gitea-event': event,
    'x-gitea-delivery': id,
    'x-gitea-signature': hexOf(secret, content),
    'x-github-event': event,
    'x-github-delivery': id,
    'x-hub-signature-256': `sha256=${hexOf(secret, content)}`,
  }),
  gitlab: ({ secret, event, id }) => ({
    'x-gitlab-event': event,
    'x-gitlab-token': secret,
    'idempotency-key': id,
  }),
};

const hexOf = (secret: string, text: Buffer): string =>
  createHmac('sha256', secret).update(text).digest('hex');

/** The headers of GitLab's signing token: https://www.standardwebhooks.com. */
export function standardHeaders(secret: string, id: string, body: Buffer, at = new Date()) {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
