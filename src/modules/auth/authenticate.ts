import '@fastify/cookie';
import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { csrfHeader, sessionCookie } from '../../contract/accounts.ts';
import type { Actor } from '../../platform/actor.ts';
import { equalInConstantTime, hashToken } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { selectSession, selectToken, touchSession, touchToken, type UserRow } from './store.ts';

export const sessionLifetimeMs = 14 * 86_400_000;
const touchEveryMs = 60_000;

export interface Credentials {
  /** The token of the 0600 file in the data directory: whoever can read it is this machine's operator. */
  readonly machineToken: string;
  /** Origin that people use, for the check of `Origin`; null when not configured. */
  readonly publicOrigin: string | null;
}

/**
 * Who sends this request: the bearer of a token, or the browser of a session. Undefined when it carries
 * no credentials; throws when it carries wrong ones, so that a typo never acts as somebody else.
 */
export async function authenticate(
  db: Db,
  credentials: Credentials,
  request: FastifyRequest,
  now: Date,
): Promise<Actor | undefined> {
  const header = request.headers.authorization;
  if (header !== undefined) return authenticateBearer(db, credentials, request, header, now);
  const cookie = request.cookies[sessionCookie];
  if (cookie === undefined) return undefined;
  return authenticateSession(db, credentials, request, cookie, now);
}

async function authenticateBearer(
  db: Db,
  credentials: Credentials,
  request: FastifyRequest,
  header: string,
  now: Date,
): Promise<Actor> {
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw new AppError('unauthenticated', 'send `Authorization: Bearer <token>`');
  const actor = await actorOfToken(db, credentials, token, callerOf(request), now);
  if (actor === undefined) throw unknownToken();
  return actor;
}

export const unknownToken = (): AppError =>
  new AppError(
    'unauthenticated',
    'this token is unknown, revoked or expired; create one with slipway token create',
  );

interface Caller {
  readonly ip: string;
  /** Who says to be the operator: whoever holds the machine token is owner anyway. */
  readonly operator?: string | undefined;
}

function callerOf(request: FastifyRequest): Caller {
  const named = request.headers['x-slipway-operator'];
  return { ip: request.ip, operator: typeof named === 'string' ? named : undefined };
}

/** Who a token speaks for; undefined when it is unknown, revoked or expired. */
export async function actorOfToken(
  db: Db,
  credentials: Pick<Credentials, 'machineToken'>,
  token: string,
  caller: Caller,
  now: Date,
): Promise<Actor | undefined> {
  if (equalInConstantTime(token, credentials.machineToken)) return machineOperator(caller);
  const row = await selectToken(db, now, hashToken(token));
  if (row === undefined) return undefined;
  if (isOlder(row.token_last_used_at, now)) await touchToken(db, now, row.token_id);
  const expires = row.token_expires_at === null ? {} : { expiresAt: row.token_expires_at };
  return { ...actorOf(row, caller.ip), scopes: row.scopes, ...expires };
}

function machineOperator({ ip, operator = '' }: Caller): Actor {
  const name = /^[\w.@-]{1,64}$/.test(operator) ? operator : 'operator';
  return {
    kind: 'machine',
    id: null,
    name: `${name} (local)`,
    role: 'owner',
    scopes: ['read', 'deploy', 'admin'],
    teams: [],
    ip,
  };
}

async function authenticateSession(
  db: Db,
  credentials: Credentials,
  request: FastifyRequest,
  cookie: string,
  now: Date,
): Promise<Actor | undefined> {
  const row = await selectSession(db, now, hashToken(cookie));
  if (row === undefined) return undefined;
  if (changesState(request.method)) assertSameSite(request, credentials, cookie);
  if (isOlder(row.last_used_at, now)) {
    await touchSession(db, now, row.session_id, new Date(now.getTime() + sessionLifetimeMs));
  }
  return actorOf(row, request.ip);
}

const changesState = (method: string) => !['GET', 'HEAD', 'OPTIONS'].includes(method);
const isOlder = (at: Date | null, now: Date) => at === null || now.getTime() - at.getTime() > touchEveryMs;

/** CSRF: the token in a header that no other site can send, and the browser's `Origin` when it names one. */
function assertSameSite(request: FastifyRequest, credentials: Credentials, cookie: string): void {
  const origin = request.headers.origin;
  const own = [credentials.publicOrigin, `${request.protocol}://${request.headers.host}`];
  if (origin !== undefined && !own.includes(origin)) {
    throw new AppError(
      'forbidden',
      `requests from ${origin} are refused; set SLIPWAY_URL_PREFIX if people use Slipway there`,
    );
  }
  const sent = request.headers[csrfHeader.toLowerCase()];
  if (typeof sent !== 'string' || !equalInConstantTime(sent, csrfTokenOf(cookie))) {
    throw new AppError(
      'forbidden',
      'the CSRF token is missing or wrong; GET /api/v1/session gives it, X-CSRF-Token carries it',
    );
  }
}

/** The CSRF token of a session, derived from its cookie: another site can neither read nor guess it. */
export const csrfTokenOf = (cookie: string): string =>
  createHmac('sha256', cookie).update('slipway csrf').digest('base64url');

function actorOf(row: UserRow, ip: string): Actor {
  return {
    kind: 'user',
    id: row.id,
    name: row.username,
    role: row.role,
    scopes: ['read', 'deploy', 'admin'],
    teams: row.teams,
    ip,
  };
}
