import type { User } from '../../contract/accounts.ts';
import type { Role } from '../../contract/endpoint.ts';
import { type Actor, hasRole } from '../../platform/actor.ts';
import { hashToken, type PasswordHasher } from '../../platform/crypto/index.ts';
import type { Db, Queryable } from '../../platform/db/database.ts';
import { AppError, systemCode } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { addToTeam } from '../teams/index.ts';
import { limitGuesses } from './attempts.ts';
import {
  countOwners,
  deleteSessionsOf,
  insertUser,
  selectUser,
  selectUsers,
  type UserChanges,
  type UserRow,
  updateUser,
} from './store.ts';

export async function listUsers(db: Queryable): Promise<User[]> {
  return (await selectUsers(db)).map(presentUser);
}

export interface UserInput {
  username: string;
  name: string;
  email?: string | undefined;
  role: Role;
  password?: string | undefined;
  teams: string[];
}

/** Adds a user. Without a password they cannot sign in yet, but may own tokens. */
export async function createUser(
  db: Db,
  passwords: PasswordHasher,
  now: Date,
  actor: Actor,
  input: UserInput,
): Promise<User> {
  assertMayGrant(actor, input.role);
  const passwordHash = input.password === undefined ? null : await passwords.hashPassword(input.password);
  return db.transaction(async (tx) => {
    const user = {
      username: input.username,
      name: input.name,
      email: input.email ?? null,
      role: input.role,
      passwordHash,
    };
    if ((await insertUser(tx, now, user)) === undefined) {
      throw new AppError(
        'conflict',
        `a user with the name ${input.username}${input.email ? ` or the e-mail ${input.email}` : ''} exists already`,
      );
    }
    for (const team of input.teams) await addToTeam(tx, team, input.username);
    await audit(tx, now, actor, 'user.create', input.username, { role: input.role, teams: input.teams });
    await appendEvent(tx, now, { kind: 'user.created', subject: input.username, actor: actor.name });
    return presentUser(await requireUser(tx, input.username));
  });
}

export interface UserUpdate {
  name?: string | undefined;
  email?: string | null | undefined;
  role?: Role | undefined;
  password?: string | undefined;
  disabled?: boolean | undefined;
}

/** Changes a user. A new password or disabling ends their sessions; the last owner cannot be lost. */
export async function changeUser(
  db: Db,
  passwords: PasswordHasher,
  now: Date,
  actor: Actor,
  username: string,
  update: UserUpdate,
): Promise<User> {
  const passwordHash =
    update.password === undefined ? undefined : await passwords.hashPassword(update.password);
  return db.transaction(async (tx) => {
    const owners = await countOwners(tx);
    const user = await requireUser(tx, username);
    assertMayGrant(actor, user.role);
    if (update.role) assertMayGrant(actor, update.role);
    const losesOwner = (update.role !== undefined && update.role !== 'owner') || update.disabled === true;
    if (user.role === 'owner' && user.disabled_at === null && losesOwner && owners === 1) {
      throw new AppError('conflict', `${username} is the last owner; make someone else an owner first`);
    }
    await updateUser(tx, user.id, columnsOf(update, passwordHash, now)).catch((error: unknown) => {
      throw systemCode(error) === '23505' ? emailTaken(update.email, error) : error;
    });
    if (passwordHash !== undefined || update.disabled) await deleteSessionsOf(tx, user.id);
    const { password: _secret, ...told } = update;
    await audit(tx, now, actor, 'user.update', username, {
      ...told,
      ...(update.password ? { password: 'changed' } : {}),
    });
    await appendEvent(tx, now, { kind: 'user.updated', subject: username, actor: actor.name });
    return presentUser(await requireUser(tx, username));
  });
}

const emailTaken = (email: string | null | undefined, cause: unknown) =>
  new AppError('conflict', `another user has the e-mail ${email}`, {}, { cause });

function columnsOf(update: UserUpdate, passwordHash: string | undefined, now: Date): UserChanges {
  const disabledAt = update.disabled === undefined ? undefined : update.disabled ? now : null;
  return { name: update.name, email: update.email, role: update.role, passwordHash, disabledAt };
}

/** Changes the caller's own password, and ends their other sessions. */
export async function changeOwnPassword(
  db: Db,
  passwords: PasswordHasher,
  now: Date,
  actor: Actor,
  input: { current: string; password: string; cookie: string | undefined },
): Promise<void> {
  const user = await limitGuesses(db, now, { username: actor.name, ip: actor.ip ?? '' }, () =>
    userWithPassword(db, passwords, actor.name, input.current),
  );
  if (user === undefined) {
    throw new AppError('invalid_input', 'body.current: the current password is wrong');
  }
  const passwordHash = await passwords.hashPassword(input.password);
  await db.transaction(async (tx) => {
    await updateUser(tx, user.id, { passwordHash });
    await deleteSessionsOf(tx, user.id, input.cookie === undefined ? '' : hashToken(input.cookie));
    await audit(tx, now, actor, 'user.change_password', user.username);
  });
}

async function userWithPassword(
  db: Db,
  passwords: PasswordHasher,
  username: string,
  password: string,
): Promise<UserRow | undefined> {
  const user = await requireUser(db, username);
  return (await passwords.verifyPassword(password, user.password_hash)) ? user : undefined;
}

/** Nobody hands out, or touches, a role above their own. */
function assertMayGrant(actor: Actor, role: Role): void {
  if (!hasRole(actor, role)) throw new AppError('forbidden', `only an ${role} can do this to an ${role}`);
}

export async function requireUser(db: Queryable, username: string): Promise<UserRow> {
  const user = await selectUser(db, username);
  if (user === undefined)
    throw new AppError('not_found', `there is no user ${username}; slipway users lists them`);
  return user;
}

export const presentUser = (row: UserRow): User => ({
  username: row.username,
  name: row.name,
  email: row.email,
  role: row.role,
  teams: row.teams,
  disabled: row.disabled_at !== null,
  created_at: row.created_at.toISOString(),
});
