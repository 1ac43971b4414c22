import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^32 is 190 bits; the four that the hint shows leave 166. */
const randomLength = 32;
const hintLength = 4;
const checksumLength = 6;

/** A new credential. The token is shown once; the hash is stored, and the hint, by which people tell it apart. */
export interface NewToken {
  token: string;
  hash: string;
  hint: string;
}

/**
 * A random token `<prefix>_<32 characters><checksum>`, base62. The checksum is the CRC-32 of all before it, as in
 * GitHub's tokens, by which secret scanners tell a token from a word.
 */
export function newToken(prefix: string): NewToken {
  const random = randomBase62(randomLength);
  const token = `${prefix}_${random}${checksum(`${prefix}_${random}`)}`;
  return { token, hash: hashToken(token), hint: `${prefix}_${random.slice(0, hintLength)}…` };
}

/** Whether a text could be a token of this prefix: right length, right checksum. It need not have been issued. */
export function isTokenShaped(text: string, prefix: string): boolean {
  if (!text.startsWith(`${prefix}_`)) return false;
  const body = text.slice(prefix.length + 1);
  if (body.length !== randomLength + checksumLength || !/^[0-9A-Za-z]+$/.test(body)) return false;
  return checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** SHA-256 in hexadecimal digits. No salt and no stretching: a token is random, so it cannot be guessed from it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares texts of any lengths in a time that does not tell where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Bytes from 248 on are thrown away, because 256 is no multiple of 62 and the first characters would come more often. */
function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62);
    }
  }
  return text;
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  while (digits.length < checksumLength) {
    digits = alphabet.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
