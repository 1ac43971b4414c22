import { AppError } from '../errors.ts';

export const secretKeyBytes = 32;

/** The key that everything secret in the database depends on. Made by `parseSecretKey` only. */
export type SecretKey = Buffer & { readonly secretKey: unique symbol };

/** Reads 32 bytes written as 64 hexadecimal digits or as base64 (base64url too); null if the text is neither. */
export function parseSecretKey(text: string): SecretKey | null {
  const trimmed = text.trim();
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return asSecretKey(Buffer.from(trimmed, 'hex'));
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return null;
  return asSecretKey(Buffer.from(trimmed, 'base64'));
}

function asSecretKey(bytes: Buffer): SecretKey | null {
  return isSecretKey(bytes) ? bytes : null;
}

function isSecretKey(bytes: Buffer): bytes is SecretKey {
  return bytes.length === secretKeyBytes;
}

/** The key of `SLIPWAY_SECRET_KEY`. Throws an AppError that never repeats it. */
export function secretKeyFromEnvironment(value: string): SecretKey {
  const key = parseSecretKey(value);
  if (key) return key;
  const found =
    value.trim() === '' ? 'is set but empty' : `is not a key (it has ${value.trim().length} characters)`;
  throw new AppError(
    'invalid_input',
    `SLIPWAY_SECRET_KEY ${found}: it must be 32 random bytes as 64 hexadecimal digits or as base64. ` +
      'Make one with `openssl rand -hex 32`, or unset it and Slipway keeps one in its data directory',
  );
}
