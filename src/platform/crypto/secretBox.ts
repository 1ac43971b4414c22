import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { SecretKey } from './secretKey.ts';

const version = 'v1';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts texts for storage. `name` says what the text is (`secret harbor-token`): it is authenticated with the
 * text, so that a sealed value that was copied to another row cannot be opened there.
 */
export interface SecretBox {
  /** Names the key without revealing it; part of every sealed value. */
  readonly keyId: string;
  /** `v1.<key id>.<base64url of nonce, ciphertext and tag>`; another one each time. */
  seal(text: string, name: string): string;
  /** The text again. Throws an AppError that says whether the key, the name or the value is the wrong one. */
  open(sealed: string, name: string): string;
}

/** AES-256-GCM with a random nonce (NIST SP 800-38D) under a key that HKDF derives from the secret key. */
export function secretBox(secretKey: SecretKey): SecretBox {
  const key = derive(secretKey, 'slipway secret box v1', 32);
  const keyId = derive(secretKey, 'slipway key id', 6).toString('base64url');
  return {
    keyId,
    seal: (text, name) =>
      `${version}.${keyId}.${encrypt(key, text, boundTo(keyId, name)).toString('base64url')}`,
    open: (sealed, name) => decrypt(key, payloadOf(sealed, keyId, name), name, boundTo(keyId, name)),
  };
}

function derive(secretKey: SecretKey, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', purpose, bytes));
}

/** What is authenticated beside the text. No part can run into the next: neither of the first two has a dot. */
function boundTo(keyId: string, name: string): Buffer {
  return Buffer.from(`${version}.${keyId}.${name}`);
}

function encrypt(key: Buffer, text: string, bound: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(bound);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function payloadOf(sealed: string, keyId: string, name: string): Buffer {
  const [foundVersion, foundKeyId, encoded, ...rest] = sealed.split('.');
  if (foundVersion !== version || !foundKeyId || !encoded || rest.length > 0) {
    throw new AppError('internal', `${name}: the stored value is no sealed value of this version of Slipway`);
  }
  if (foundKeyId !== keyId) {
    throw new AppError(
      'unavailable',
      `${name} was sealed with another SLIPWAY_SECRET_KEY (key ${foundKeyId}; this one is ${keyId}): ` +
        'start Slipway with the key of then, or set the value anew',
      { name, sealedWith: foundKeyId, keyId },
    );
  }
  const payload = Buffer.from(encoded, 'base64url');
  if (payload.length < nonceBytes + tagBytes) throw altered(name);
  return payload;
}

function decrypt(key: Buffer, payload: Buffer, name: string, bound: Buffer): string {
  const nonce = payload.subarray(0, nonceBytes);
  const tag = payload.subarray(-tagBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
    .setAAD(bound)
    .setAuthTag(tag);
  const text = decipher.update(payload.subarray(nonceBytes, -tagBytes));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw altered(name, cause);
  }
}

function altered(name: string, cause?: unknown): AppError {
  const message = `${name}: the stored value was altered or belongs to another name; set it anew`;
  return new AppError('internal', message, { name }, { cause });
}
