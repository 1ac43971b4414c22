import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { equalInConstantTime } from '../../platform/crypto/index.ts';
import type { Proof, Sender } from './sender.ts';

const prefix = 'whsec_';

/**
 * A secret that all of them take: any text does for GitHub and Gitea, and GitLab's signing token must be `whsec_` with 32
 * bytes in base64.
 */
export const newWebhookSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** Stands in where there is no secret: whether there is one must not be told by how long the answer takes. */
const nobodysSecret = newWebhookSecret();

/**
 * Whether a body was sent by somebody who knows one of the secrets. The body is taken as it came, and was read by
 * nobody before; how long this takes tells neither where a signature differs nor which secret it was made with.
 */
export function isGenuine(sender: Sender, body: Buffer, secrets: readonly string[]): boolean {
  const tried = secrets.length === 0 ? [nobodysSecret] : secrets;
  const signed = signedBodies(sender, body);
  const results = tried.flatMap((secret) =>
    sender.proofs.flatMap((proof) => signed.map((text) => holds(proof, text, secret))),
  );
  return secrets.length > 0 && results.includes(true);
}

/** Gitea and Forgejo sign what they put into the form, GitHub the form. */
function signedBodies({ provider, contentType }: Sender, body: Buffer): Buffer[] {
  if (provider !== 'gitea' || contentType !== formType) return [body];
  return [body, formPayload(body) ?? body];
}

export const formType = 'application/x-www-form-urlencoded';

/** The field of a form that holds the payload. */
export function formPayload(body: Buffer): Buffer | undefined {
  const payload = new URLSearchParams(body.toString('utf8')).get('payload');
  return payload === null ? undefined : Buffer.from(payload);
}

function holds(proof: Proof, body: Buffer, secret: string): boolean {
  switch (proof.kind) {
    case 'token':
      return equalInConstantTime(proof.token, secret);
    case 'hmac':
      return timingSafeEqual(
        Buffer.from(proof.digest, 'hex'),
        createHmac('sha256', secret).update(body).digest(),
      );
    case 'signatures': {
      const key = Buffer.from(secret.slice(prefix.length), 'base64');
      const expected = createHmac('sha256', key)
        .update(`${proof.id}.${proof.timestamp}.`)
        .update(body)
        .digest();
      // Each is compared, whatever the others said.
      return proof.digests
        .map((digest) => timingSafeEqual(Buffer.from(digest, 'base64'), expected))
        .includes(true);
    }
  }
}
