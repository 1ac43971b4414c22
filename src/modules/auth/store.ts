import sql, { join, type Sql } from 'sql-template-tag';
import type { Role, Scope } from '../../contract/endpoint.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';

export interface UserRow {
  id: number;
  username: string;
  name: string;
  email: string | null;
  role: Role;
  password_hash: string | null;
  disabled_at: Date | null;
  created_at: Date;
  teams: string[];
}

const userColumns = sql`u.id, u.username, u.name, u.email, u.role, u.password_hash, u.disabled_at, u.created_at,
  array(select t.slug from team_members m join teams t on t.id = m.team_id where m.user_id = u.id order by 1) as teams`;

export function selectUsers(db: Queryable): Promise<UserRow[]> {
  return db.many<UserRow>(sql`select ${userColumns} from users u order by u.username`);
}

export function selectUser(db: Queryable, username: string): Promise<UserRow | undefined> {
  return db.maybe<UserRow>(sql`select ${userColumns} from users u where u.username = ${username}`);
}

export function selectUserByEmail(db: Queryable, email: string): Promise<UserRow | undefined> {
  return db.maybe<UserRow>(sql`select ${userColumns} from users u where lower(u.email) = lower(${email})`);
}

/** The user who signs in with this name or e-mail. */
export function selectUserForSignIn(db: Queryable, name: string): Promise<UserRow | undefined> {
  return db.maybe<UserRow>(sql`
    select ${userColumns} from users u where u.username = ${name} or lower(u.email) = lower(${name}) limit 1`);
}

export interface NewUser {
  username: string;
  name: string;
  email: string | null;
  role: Role;
  passwordHash: string | null;
}

export function insertUser(db: Queryable, now: Date, user: NewUser) {
  return db.maybe<{ id: number }>(sql`
    insert into users (username, name, email, role, password_hash, created_at)
    values (${user.username}, ${user.name}, ${user.email}, ${user.role}, ${user.passwordHash}, ${now})
    on conflict do nothing returning id`);
}

export interface UserChanges {
  name?: string | undefined;
  email?: string | null | undefined;
  role?: Role | undefined;
  passwordHash?: string | undefined;
  disabledAt?: Date | null | undefined;
}

export async function updateUser(db: Queryable, id: number, changes: UserChanges): Promise<void> {
  const sets: Sql[] = [];
  if (changes.name !== undefined) sets.push(sql`name = ${changes.name}`);
  if (changes.email !== undefined) sets.push(sql`email = ${changes.email}`);
  if (changes.role !== undefined) sets.push(sql`role = ${changes.role}`);
  if (changes.passwordHash !== undefined) sets.push(sql`password_hash = ${changes.passwordHash}`);
  if (changes.disabledAt !== undefined) sets.push(sql`disabled_at = ${changes.disabledAt}`);
  if (sets.length > 0) await db.run(sql`update users set ${join(sets, ', ')} where id = ${id}`);
}

/** Replaces a hash by another of the same password, unless the password was changed meanwhile. */
export async function replacePasswordHash(
  db: Queryable,
  id: number,
  from: string,
  to: string,
): Promise<void> {
  await db.run(sql`update users set password_hash = ${to} where id = ${id} and password_hash = ${from}`);
}

/** How many owners can sign in. Locks their rows, so that two owners cannot demote each other at once. */
export async function countOwners(db: Queryable): Promise<number> {
  const rows = await db.many(sql`
    select id from users where role = 'owner' and disabled_at is null order by id for update`);
  return rows.length;
}

/** Users with a password who are not disabled. */
export async function countUsersWhoCanSignIn(db: Queryable): Promise<number> {
  const row = await db.one<{ count: number }>(sql`
    select count(*) from users where password_hash is not null and disabled_at is null`);
  return row.count;
}

/** One first owner is made at a time. */
export async function lockSetUp(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(7070004)`);
}

// ── Sessions ──────────────────────────────────────────────────────────────────────────────────────

export interface SessionRow {
  id: number;
  user_id: number;
  ip: string;
  user_agent: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
}

export interface NewSession {
  userId: number;
  tokenHash: string;
  ip: string;
  userAgent: string;
  expiresAt: Date;
}

export async function insertSession(db: Queryable, now: Date, session: NewSession): Promise<void> {
  await db.run(sql`
    insert into sessions (user_id, token_hash, ip, user_agent, created_at, last_used_at, expires_at)
    values (${session.userId}, ${session.tokenHash}, ${session.ip}, ${session.userAgent}, ${now}, ${now},
            ${session.expiresAt})`);
}

/** The session with its user, when it has not expired and the user is not disabled. */
export function selectSession(db: Queryable, now: Date, tokenHash: string) {
  return db.maybe<UserRow & { session_id: number; last_used_at: Date; expires_at: Date }>(sql`
    select ${userColumns}, s.id as session_id, s.last_used_at, s.expires_at
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${tokenHash} and s.expires_at > ${now} and u.disabled_at is null`);
}

export async function touchSession(db: Queryable, now: Date, id: number, expiresAt: Date): Promise<void> {
  await db.run(sql`update sessions set last_used_at = ${now}, expires_at = ${expiresAt} where id = ${id}`);
}

export function selectSessionsOf(db: Queryable, now: Date, userId: number) {
  return db.many<SessionRow & { token_hash: string }>(sql`
    select id, user_id, token_hash, ip, user_agent, created_at, last_used_at, expires_at
    from sessions where user_id = ${userId} and expires_at > ${now} order by last_used_at desc`);
}

export function deleteSession(db: Queryable, userId: number, id: number): Promise<number> {
  return db.run(sql`delete from sessions where id = ${id} and user_id = ${userId}`);
}

export function deleteSessionByToken(db: Queryable, tokenHash: string): Promise<number> {
  return db.run(sql`delete from sessions where token_hash = ${tokenHash}`);
}

/** Ends all sessions of a user but the one with `exceptTokenHash`. */
export function deleteSessionsOf(db: Queryable, userId: number, exceptTokenHash = ''): Promise<number> {
  return db.run(sql`delete from sessions where user_id = ${userId} and token_hash <> ${exceptTokenHash}`);
}

export function deleteExpired(db: Queryable, now: Date): Promise<number> {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  return db.run(sql`
    with old as (delete from login_attempts where at < ${dayAgo})
    delete from sessions where expires_at < ${now}`);
}

// ── Sign-in attempts ──────────────────────────────────────────────────────────────────────────────

export interface AttemptRow {
  id: number;
  username: string;
  ip: string;
  at: Date;
}

export function insertAttempt(db: Queryable, now: Date, guess: { username: string; ip: string }) {
  return db.one<{ id: number }>(sql`
    insert into login_attempts (username, ip, at) values (${guess.username}, ${guess.ip}, ${now}) returning id`);
}

export async function deleteAttempt(db: Queryable, id: number): Promise<void> {
  await db.run(sql`delete from login_attempts where id = ${id}`);
}

/** Attempts after `since` of this name or from this address, newest first. */
export function selectAttempts(
  db: Queryable,
  since: Date,
  guess: { username: string; ip: string },
): Promise<AttemptRow[]> {
  return db.many<AttemptRow>(sql`
    select id, username, ip, at from login_attempts
    where at > ${since} and (username = ${guess.username} or ip = ${guess.ip}) order by at desc limit 1000`);
}

// ── API tokens ────────────────────────────────────────────────────────────────────────────────────

export interface TokenRow {
  id: number;
  user_id: number;
  username: string;
  name: string;
  hint: string;
  scopes: Scope[];
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
}

export interface NewToken {
  userId: number;
  name: string;
  tokenHash: string;
  hint: string;
  scopes: Scope[];
  expiresAt: Date | null;
}

export function insertToken(db: Queryable, now: Date, token: NewToken) {
  return db.maybe<{ id: number }>(sql`
    insert into api_tokens (user_id, name, token_hash, hint, scopes, created_at, expires_at)
    values (${token.userId}, ${token.name}, ${token.tokenHash}, ${token.hint}, ${token.scopes}, ${now},
            ${token.expiresAt})
    on conflict do nothing returning id`);
}

/** The user behind a token, when it is neither revoked nor expired and the user is not disabled. */
export function selectToken(db: Queryable, now: Date, tokenHash: string) {
  return db.maybe<
    UserRow & {
      token_id: number;
      scopes: Scope[];
      token_last_used_at: Date | null;
      token_expires_at: Date | null;
    }
  >(sql`
    select ${userColumns}, k.id as token_id, k.scopes, k.last_used_at as token_last_used_at,
           k.expires_at as token_expires_at
    from api_tokens k join users u on u.id = k.user_id
    where k.token_hash = ${tokenHash} and k.revoked_at is null and u.disabled_at is null
      and (k.expires_at is null or k.expires_at > ${now})`);
}

export async function touchToken(db: Queryable, now: Date, id: number): Promise<void> {
  await db.run(sql`update api_tokens set last_used_at = ${now} where id = ${id}`);
}

/** Tokens that are not revoked: of one user, or with null of all. */
export function selectTokens(db: Queryable, userId: number | null): Promise<TokenRow[]> {
  return db.many<TokenRow>(sql`
    select k.id, k.user_id, u.username, k.name, k.hint, k.scopes, k.created_at, k.expires_at, k.last_used_at
    from api_tokens k join users u on u.id = k.user_id
    where k.revoked_at is null and (${userId}::bigint is null or k.user_id = ${userId})
    order by u.username, k.name`);
}

/** Revokes a token of `userId`, or with null anyone's; answers its name. */
export function revokeTokenRow(db: Queryable, now: Date, id: number, userId: number | null) {
  return db.maybe<{ name: string; username: string }>(sql`
    update api_tokens k set revoked_at = ${now} from users u
    where k.id = ${id} and u.id = k.user_id and k.revoked_at is null
      and (${userId}::bigint is null or k.user_id = ${userId})
    returning k.name, u.username`);
}
