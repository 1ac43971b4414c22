import { passwordHasher } from './passwordHasher.ts';

/** One for the whole process, because what it bounds is: memory and libuv's threads. */
const hasher = passwordHasher();

/** A text to store for a password. Throws `invalid_input` for one of more than 1024 bytes. */
export function hashPassword(password: string): Promise<string> {
  return hasher.hashPassword(password);
}

/** Whether it is the password of a stored hash. Throws `rate_limited` when too many wait for an answer. */
export function verifyPassword(password: string, stored: string): Promise<boolean> {
  return hasher.verifyPassword(password, stored);
}

/** No, in the time that a wrong password takes: for a user who does not exist, or has no password. */
export function verifyUnknown(password: string): Promise<boolean> {
  return hasher.verifyPassword(password, null);
}

/** Whether a stored hash was made with other parameters than today's: hash again while the password is at hand. */
export function needsRehash(stored: string): boolean {
  return hasher.needsRehash(stored);
}
