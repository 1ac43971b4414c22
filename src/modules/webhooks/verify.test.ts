import { createHmac } from 'node:crypto';
import { sign } from '@octokit/webhooks-methods';
import { describe, expect, it } from 'vitest';
import { signDelivery, standardHeaders } from '../../../test/harness/webhooks.ts';
import { readSender } from './sender.ts';
import { isGenuine, newWebhookSecret } from './verify.ts';

const secret = newWebhookSecret();
const other = newWebhookSecret();
const body = Buffer.from('{"zen":"Keep it logically awesome. 🚢"}');

const isAccepted = (
  headers: Record<string, string>,
  sent: Buffer = body,
  secrets: readonly string[] = [secret],
) => {
  const sender = readSender(headers);
  return sender !== undefined && isGenuine(sender, sent, secrets);
};
const github = (signature: Record<string, string>) => ({ 'x-github-event': 'push', ...signature });

describe('a delivery of GitHub', () => {
  it('is accepted with the signature that its own library makes', async () => {
    const signature = await sign(secret, body.toString());
    expect(isAccepted(github({ 'x-hub-signature-256': signature }))).toBe(true);
  });

  it('is accepted for the example in its documentation', () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const headers = github({ 'x-hub-signature-256': signature });
    expect(isAccepted(headers, Buffer.from('Hello, World!'), ["It's a Secret to Everybody"])).toBe(true);
    expect(isAccepted(headers, Buffer.from('Hello, World?'), ["It's a Secret to Everybody"])).toBe(false);
  });

  it('is refused when one bit of the body or the secret is another', () => {
    const { headers } = signDelivery('github', secret, body);
    expect(isAccepted(headers)).toBe(true);
    const altered = Buffer.from(body);
    altered[0] = (altered[0] ?? 0) ^ 1;
    expect(isAccepted(headers, altered)).toBe(false);
    expect(isAccepted(headers, body, [other])).toBe(false);
    expect(isAccepted(headers, body, [])).toBe(false);
    expect(isAccepted(headers, body, [other, secret])).toBe(true);
  });

  it('is refused with SHA-1 only, with no signature, and with one that is none', () => {
    const sha1 = `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;
    const sha256 = createHmac('sha256', secret).update(body).digest('hex');
    for (const signature of [
      { 'x-hub-signature': sha1 },
      { 'x-hub-signature-256': sha1 },
      {},
      { 'x-hub-signature-256': '' },
      { 'x-hub-signature-256': sha256 },
      { 'x-hub-signature-256': `sha256=${sha256.slice(2)}` },
      { 'x-hub-signature-256': `sha256=${sha256}, sha256=${sha256}` },
      { 'x-hub-signature-256': `sha512=${sha256}` },
    ]) {
      const sender = readSender(github(signature as Record<string, string>));
      expect(sender?.proofs, JSON.stringify(signature)).toEqual([]);
    }
  });
});

describe('a delivery of Gitea', () => {
  it('is told by its own headers, though it sends those of GitHub too', () => {
    const { headers } = signDelivery('gitea', secret, body);
    expect(readSender(headers)).toMatchObject({ provider: 'gitea', event: 'push' });
    expect(isAccepted(headers)).toBe(true);
    expect(isAccepted({ ...headers, 'x-gitea-signature': 'f'.repeat(64) })).toBe(false);
  });

  it('is accepted as a form, of which it signs the payload', () => {
    const sent = signDelivery('gitea', secret, body, { form: true });
    expect(isAccepted(sent.headers, sent.body)).toBe(true);
    expect(isAccepted(sent.headers, Buffer.concat([sent.body, Buffer.from('x')]))).toBe(false);
  });

  it('is accepted of Forgejo', () => {
    const digest = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'x-forgejo-event': 'push', 'x-forgejo-signature': digest, 'x-forgejo-delivery': '1' };
    expect(readSender(headers)).toMatchObject({ provider: 'gitea', delivery: '1' });
    expect(isAccepted(headers)).toBe(true);
  });
});

describe('a delivery of GitLab', () => {
  const event = { 'x-gitlab-event': 'Push Hook' };

  it('is accepted with the secret token, and refused with nearly that', () => {
    expect(isAccepted({ ...event, 'x-gitlab-token': secret })).toBe(true);
    for (const token of [other, secret.slice(1), `${secret} `, secret.toUpperCase(), ''])
      expect(isAccepted({ ...event, 'x-gitlab-token': token }), token).toBe(false);
  });

  it('is accepted with the signing token, over its id and time too', () => {
    const headers = { ...event, ...standardHeaders(secret, 'msg_1', body) };
    expect(readSender(headers)).toMatchObject({ provider: 'gitlab', delivery: 'msg_1' });
    expect(isAccepted(headers)).toBe(true);
    expect(
      isAccepted({
        ...headers,
        'webhook-signature': `v1,${'A'.repeat(43)}= ${headers['webhook-signature']}`,
      }),
    ).toBe(true);
    expect(isAccepted({ ...headers, 'webhook-id': 'msg_2' })).toBe(false);
    expect(isAccepted({ ...headers, 'webhook-timestamp': '1' })).toBe(false);
    expect(
      isAccepted({ ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1', 'v1a') }),
    ).toBe(false);
    expect(isAccepted(headers, body, [other])).toBe(false);
  });

  it('is accepted for the example of Standard Webhooks', () => {
    // https://github.com/standard-webhooks/standard-webhooks, in the tests of its libraries.
    const headers = {
      ...event,
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(isAccepted(headers, Buffer.from('{"test": 2432232314}'), [key])).toBe(true);
  });
});

it('is nobody whom no header names', () => {
  expect(readSender({ 'content-type': 'application/json' })).toBeUndefined();
  expect(readSender({ 'x-github-event': ['push', 'push'] })).toBeUndefined();
});
