import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../../platform/crypto/index.ts';

/** What a new key is made of. */
export interface NewKeyPair {
  readonly publicKey: string;
  readonly secret: string;
}

/** 128 random bits each, so that no key is ever made twice; in the spelling that SDKs take. */
export const newKeyPair = (): NewKeyPair => ({ publicKey: randomHex(), secret: randomHex() });

const randomHex = (): string => randomBytes(16).toString('hex');

/** Seals the secret of a key for its row. It opens beside this public key only. */
export const sealKeySecret = (box: SecretBox, publicKey: string, secret: string): string =>
  box.seal(secret, boundTo(publicKey));

/** The secret again. Throws when it was sealed by another SLIPWAY_SECRET_KEY, or for another public key. */
export const openKeySecret = (box: SecretBox, publicKey: string, sealed: string): string =>
  box.open(sealed, boundTo(publicKey));

const boundTo = (publicKey: string): string => `project_key:${publicKey}`;
