import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import { limiter } from '../limiter.ts';
import {
  formatPasswordHash,
  memoryBytes,
  type PasswordHash,
  parsePasswordHash,
  type ScryptParameters,
} from './passwordHash.ts';

/** Longer ones are refused: they would be hashed to no use. */
export const maxPasswordBytes = 1024;

/** The first choice of OWASP's Password Storage Cheat Sheet for scrypt: 128 MiB and some 0.3 s a hash. */
const strong: ScryptParameters = { logN: 17, r: 8, p: 1 };
const saltBytes = 16;
const hashBytes = 32;

export interface PasswordHasher {
  /** A text to store. Throws `invalid_input` for a password of more than 1024 bytes. */
  hashPassword(password: string): Promise<string>;
  /**
   * Whether it is the password of the stored hash. For a user who does not exist give null: the answer is no, and
   * it takes as long, so that nobody can find out by the clock who exists.
   */
  verifyPassword(password: string, stored: string | null): Promise<boolean>;
  /** Whether a hash was made with other parameters than today's: hash again at the next login. */
  needsRehash(stored: string): boolean;
}

export interface PasswordHasherOptions {
  parameters?: ScryptParameters;
  /**
   * Hashes at once; others wait. Two take 256 MiB at most and leave half of libuv's four threads, which serve files
   * and names too.
   */
  maxConcurrent?: number;
  /** Who comes after so many that wait is turned away with `rate_limited`. */
  maxWaiting?: number;
}

/** Passwords by scrypt (RFC 7914), in PHC strings. */
export function passwordHasher(options: PasswordHasherOptions = {}): PasswordHasher {
  const parameters = options.parameters ?? strong;
  const limited = limiter(options.maxConcurrent ?? 2, options.maxWaiting ?? 100, 'logins');
  const nobody: PasswordHash = { ...parameters, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };

  return {
    async hashPassword(password) {
      if (isTooLong(password)) {
        throw new AppError('invalid_input', `a password can have at most ${maxPasswordBytes} bytes`);
      }
      const salt = randomBytes(saltBytes);
      const hash = await limited(() => derive(password, { ...parameters, salt }, hashBytes));
      return formatPasswordHash({ ...parameters, salt, hash });
    },

    async verifyPassword(password, stored) {
      const expected = stored === null ? nobody : readStored(stored);
      const known = stored !== null && !isTooLong(password);
      const actual = await limited(() =>
        derive(isTooLong(password) ? '' : password, expected, expected.hash.length),
      );
      return timingSafeEqual(actual, expected.hash) && known;
    },

    needsRehash(stored) {
      const { logN, r, p } = readStored(stored);
      return logN !== parameters.logN || r !== parameters.r || p !== parameters.p;
    },
  };
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password) > maxPasswordBytes;
}

function readStored(stored: string): PasswordHash {
  const parsed = parsePasswordHash(stored);
  if (parsed) return parsed;
  throw new AppError('internal', 'a stored password hash cannot be read; set the password anew');
}

function derive(password: string, to: ScryptParameters & { salt: Buffer }, bytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // The same letters may come composed or decomposed, depending on the keyboard (NIST SP 800-63B, 3.1.1.2).
  const normal = password.normalize('NFKC');
  const options = { N: 2 ** to.logN, r: to.r, p: to.p, maxmem: memoryBytes(to) + 1024 * 1024 };
  scrypt(normal, to.salt, bytes, options, (error, hash) => (error ? reject(error) : resolve(hash)));
  return promise;
}
