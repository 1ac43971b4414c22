import { hashToken, newToken, verifyPassword, verifyUnknown } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { sessionLifetimeMs } from './authenticate.ts';
import {
  type Attempts,
  countAttempts,
  deleteAttempt,
  insertAttempt,
  insertSession,
  selectUserForSignIn,
  type UserRow,
} from './store.ts';

const windowMs = 15 * 60_000;
const allowed = { pair: 5, username: 50, ip: 30 };

export interface SignIn {
  readonly user: UserRow;
  readonly cookie: string;
  readonly expiresAt: Date;
}

/**
 * Signs in with a password. Attempts are limited by name and address; one is recorded before the password
 * is looked at, so that many at once cannot slip through, and forgotten when it succeeds.
 */
export async function signIn(
  db: Db,
  now: Date,
  input: { username: string; password: string; ip: string; userAgent: string },
): Promise<SignIn> {
  const username = input.username.toLowerCase();
  const attempt = await insertAttempt(db, now, username, input.ip);
  assertNotLimited(await countAttempts(db, new Date(now.getTime() - windowMs), username, input.ip), now);
  const user = await verifiedUser(db, username, input.password);
  await deleteAttempt(db, attempt.id);
  return startSession(db, now, user, input);
}

function assertNotLimited(attempts: Attempts, now: Date): void {
  if (attempts.pair <= allowed.pair && attempts.username <= allowed.username && attempts.ip <= allowed.ip)
    return;
  const oldest = attempts.oldest ?? now;
  const wait = Math.max(1, Math.ceil((oldest.getTime() + windowMs - now.getTime()) / 1000));
  throw new AppError('rate_limited', `too many failed attempts; try again in ${Math.ceil(wait / 60)} min`, {
    retry_after_seconds: wait,
  });
}

async function verifiedUser(db: Db, username: string, password: string): Promise<UserRow> {
  const user = await selectUserForSignIn(db, username);
  const hash = user?.password_hash;
  // An unknown name costs as much time as a wrong password, so that names cannot be probed.
  const right = hash ? await verifyPassword(password, hash) : await verifyUnknown(password);
  if (user === undefined || !right || user.disabled_at !== null) {
    throw new AppError('unauthenticated', 'the user name or the password is wrong');
  }
  return user;
}

async function startSession(
  db: Db,
  now: Date,
  user: UserRow,
  input: { ip: string; userAgent: string },
): Promise<SignIn> {
  const { token } = newToken('sls');
  const expiresAt = new Date(now.getTime() + sessionLifetimeMs);
  await db.transaction(async (tx) => {
    await insertSession(tx, now, {
      userId: user.id,
      tokenHash: hashToken(token),
      ip: input.ip,
      userAgent: input.userAgent.slice(0, 300),
      expiresAt,
    });
    const actor = {
      kind: 'user',
      id: user.id,
      name: user.username,
      role: user.role,
      scopes: [],
      teams: [],
      ip: input.ip,
    } as const;
    await audit(tx, now, actor, 'session.create', user.username);
  });
  return { user, cookie: token, expiresAt };
}
