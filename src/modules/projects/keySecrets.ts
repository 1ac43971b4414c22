import { randomBytes } from 'node:crypto';
import type { SecretBox } from '../../platform/crypto/index.ts';
import { AppError } from '../../platform/errors.ts';

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

/**
 * The secret again; null without one. One that was sealed by another SLIPWAY_SECRET_KEY, or for another public key,
 * is as good as none: a project must be shown, and its keys be rotated, all the same.
 */
export function openKeySecret(box: SecretBox, publicKey: string, sealed: string | null): string | null {
  if (sealed === null) return null;
  try {
    return box.open(sealed, boundTo(publicKey));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

const boundTo = (publicKey: string): string => `project_key:${publicKey}`;
