import { hashToken, newToken, type PasswordHasher } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { limitGuesses } from './attempts.ts';
import { sessionLifetimeMs } from './authenticate.ts';
import { insertSession, replacePasswordHash, selectUserForSignIn, type UserRow } from './store.ts';

export interface SignIn {
  readonly user: UserRow;
  readonly cookie: string;
  readonly expiresAt: Date;
}

/** Signs in with a user name or an e-mail and a password. Attempts are limited by name and by address. */
export async function signIn(
  db: Db,
  passwords: PasswordHasher,
  now: Date,
  input: { username: string; password: string; ip: string; userAgent: string },
): Promise<SignIn> {
  const username = input.username.toLowerCase();
  const user = await limitGuesses(db, now, { username, ip: input.ip }, () =>
    verifiedUser(db, passwords, username, input.password),
  );
  if (user === undefined) throw new AppError('unauthenticated', 'the user name or the password is wrong');
  await renewHash(db, passwords, user, input.password);
  return startSession(db, now, user, input);
}

async function verifiedUser(
  db: Db,
  passwords: PasswordHasher,
  username: string,
  password: string,
): Promise<UserRow | undefined> {
  const user = await selectUserForSignIn(db, username);
  // An unknown name costs as much time as a wrong password, so that names cannot be probed.
  const right = await passwords.verifyPassword(password, user?.password_hash ?? null);
  return right && user?.disabled_at === null ? user : undefined;
}

/** A hash of yesterday's strength is replaced while the password is at hand. */
async function renewHash(db: Db, passwords: PasswordHasher, user: UserRow, password: string): Promise<void> {
  const stored = user.password_hash;
  if (stored === null || !passwords.needsRehash(stored)) return;
  await replacePasswordHash(db, user.id, stored, await passwords.hashPassword(password));
}

/** Begins a session for somebody who has proved who they are. */
export async function startSession(
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
