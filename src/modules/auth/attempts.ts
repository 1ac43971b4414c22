import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type AttemptRow, deleteAttempt, insertAttempt, selectAttempts } from './store.ts';

/** Who guesses at whose password: the name as it was given, in lower case, and the address. */
export interface Guess {
  readonly username: string;
  readonly ip: string;
}

const windowMs = 15 * 60_000;

/** How many may fail within the window: of one name from one address, of one name, from one address. */
const limits: readonly { most: number; counts(attempt: Guess, guess: Guess): boolean }[] = [
  { most: 5, counts: (a, b) => a.username === b.username && a.ip === b.ip },
  { most: 50, counts: (a, b) => a.username === b.username },
  { most: 30, counts: (a, b) => a.ip === b.ip },
];

/**
 * Looks at a password by `verify`, which answers undefined when it is wrong. Only failures count. An attempt
 * is recorded before it is looked at, so that many at once cannot slip through: whoever counts sees all that
 * were let in before. One that is turned away is forgotten, so that asking again and again keeps nobody out
 * for longer.
 */
export async function limitGuesses<Value>(
  db: Db,
  now: Date,
  guess: Guess,
  verify: () => Promise<Value | undefined>,
): Promise<Value | undefined> {
  const { id } = await insertAttempt(db, now, guess);
  let failed = false;
  try {
    const since = new Date(now.getTime() - windowMs);
    const others = (await selectAttempts(db, since, guess)).filter((attempt) => attempt.id !== id);
    assertNotLimited(msToWait(others, guess, now));
    const value = await verify();
    failed = value === undefined;
    return value;
  } finally {
    if (!failed) await deleteAttempt(db, id);
  }
}

/** How long until one more attempt is within all limits; 0 when it is now. `attempts` are newest first. */
export function msToWait(attempts: readonly Omit<AttemptRow, 'id'>[], guess: Guess, now: Date): number {
  const waits = limits.map(({ most, counts }) => {
    const blocking = attempts.filter((attempt) => counts(attempt, guess))[most - 1];
    return blocking === undefined ? 0 : blocking.at.getTime() + windowMs - now.getTime();
  });
  return Math.max(0, ...waits);
}

function assertNotLimited(waitMs: number): void {
  if (waitMs === 0) return;
  throw new AppError(
    'rate_limited',
    `too many failed attempts; try again in ${Math.ceil(waitMs / 60_000)} min`,
    {
      retry_after_seconds: Math.ceil(waitMs / 1000),
    },
  );
}
