import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookie } from '../../contract/accounts.ts';
import { api } from '../../contract/index.ts';
import type { Actor } from '../../platform/actor.ts';
import { hashToken, type PasswordHasher } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Router } from '../../platform/http/router.ts';
import { csrfTokenOf } from './authenticate.ts';
import { needsSetUp, setUp } from './setUp.ts';
import { signIn } from './signIn.ts';
import { deleteSession, deleteSessionByToken, selectSession, selectSessionsOf } from './store.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';
import { changeOwnPassword, changeUser, createUser, listUsers, presentUser } from './users.ts';

export interface AuthOptions {
  readonly passwords: PasswordHasher;
  /** Whether people reach Slipway by https only. */
  readonly secureCookies: boolean;
  /** Of the local CLI; the link that makes the first owner follows from it. */
  readonly machineToken: string;
}

export function registerAuthRoutes(router: Router, db: Db, options: AuthOptions): void {
  registerSessionRoutes(router, db, options);
  registerUserRoutes(router, db, options.passwords);
  registerTokenRoutes(router, db);
}

function registerSessionRoutes(router: Router, db: Db, options: AuthOptions): void {
  const { passwords, secureCookies: secure } = options;
  router.add(api.signIn, async ({ body, now, request, reply }) => {
    assertOwnOrigin(request);
    const userAgent = request.headers['user-agent'] ?? '';
    const { user, cookie, expiresAt } = await signIn(db, passwords, now, {
      ...body,
      ip: request.ip,
      userAgent,
    });
    setSessionCookie(reply, cookie, expiresAt, secure);
    return { user: presentUser(user), csrf_token: csrfTokenOf(cookie), expires_at: expiresAt.toISOString() };
  });

  router.add(api.setUpState, async () => ({ needed: await needsSetUp(db) }));
  router.add(api.setUp, async ({ body, now, request, reply }) => {
    assertOwnOrigin(request);
    const userAgent = request.headers['user-agent'] ?? '';
    const input = { ...body, ip: request.ip, userAgent };
    const { user, cookie, expiresAt } = await setUp(db, passwords, now, options.machineToken, input);
    setSessionCookie(reply, cookie, expiresAt, secure);
    return { user: presentUser(user), csrf_token: csrfTokenOf(cookie), expires_at: expiresAt.toISOString() };
  });

  router.add(api.session, async ({ now, request, reply }) => {
    const cookie = requireCookie(request);
    const row = await selectSession(db, now, hashToken(cookie));
    if (row === undefined) throw new AppError('unauthenticated', 'this session has ended; sign in again');
    // Use prolongs a session, and the browser must keep its cookie as long.
    setSessionCookie(reply, cookie, row.expires_at, secure);
    return {
      user: presentUser(row),
      csrf_token: csrfTokenOf(cookie),
      expires_at: row.expires_at.toISOString(),
    };
  });

  router.add(api.signOut, async ({ request, reply }) => {
    await deleteSessionByToken(db, hashToken(requireCookie(request)));
    reply.clearCookie(sessionCookie, { path: '/' });
    return undefined;
  });

  router.add(api.sessions, async ({ actor, now, request }) => {
    const rows = await selectSessionsOf(db, now, requireUserId(actor));
    const current = hashToken(request.cookies[sessionCookie] ?? '');
    return {
      items: rows.map((row) => ({
        id: row.id,
        ip: row.ip,
        user_agent: row.user_agent,
        created_at: row.created_at.toISOString(),
        last_used_at: row.last_used_at.toISOString(),
        expires_at: row.expires_at.toISOString(),
        current: row.token_hash === current,
      })),
    };
  });

  router.add(api.endSession, async ({ params, actor }) => {
    if ((await deleteSession(db, requireUserId(actor), params.id)) === 0) {
      throw new AppError('not_found', `you have no session ${params.id}`);
    }
    return undefined;
  });
}

function registerUserRoutes(router: Router, db: Db, passwords: PasswordHasher): void {
  router.add(api.me, async ({ actor }) => ({
    kind: actor.kind === 'user' ? ('user' as const) : ('machine' as const),
    name: actor.name,
    role: actor.role,
    teams: [...actor.teams],
    scopes: [...actor.scopes],
  }));
  router.add(api.changeMyPassword, async ({ body, actor, now, request }) => {
    requireUserId(actor);
    await changeOwnPassword(db, passwords, now, actor, { ...body, cookie: request.cookies[sessionCookie] });
    return undefined;
  });
  router.add(api.listUsers, async () => ({ items: await listUsers(db) }));
  router.add(api.createUser, ({ body, actor, now }) => createUser(db, passwords, now, actor, body));
  router.add(api.updateUser, ({ params, body, actor, now }) =>
    changeUser(db, passwords, now, actor, params.username, body),
  );
}

function registerTokenRoutes(router: Router, db: Db): void {
  router.add(api.listTokens, async ({ query, actor }) => ({
    items: await listTokens(db, actor, query.all ?? false),
  }));
  router.add(api.createToken, ({ body, actor, now }) => createToken(db, now, actor, body));
  router.add(api.revokeToken, async ({ params, actor, now }) => {
    await revokeToken(db, now, actor, params.id);
    return undefined;
  });
}

function setSessionCookie(reply: FastifyReply, cookie: string, expires: Date, secure: boolean): void {
  reply.setCookie(sessionCookie, cookie, { path: '/', httpOnly: true, sameSite: 'lax', secure, expires });
}

/** Sign-in CSRF: a form on another site must not sign this browser in as somebody else. JSON only, own site only. */
function assertOwnOrigin(request: FastifyRequest): void {
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    throw new AppError('forbidden', 'sign in from the page of this Slipway');
  }
}

function requireCookie(request: FastifyRequest): string {
  const cookie = request.cookies[sessionCookie];
  if (cookie === undefined) throw new AppError('conflict', 'this request carries a token, not a session');
  return cookie;
}

function requireUserId(actor: Actor): number {
  if (actor.id === null) throw new AppError('conflict', 'the local CLI is no user; sign in as one');
  return actor.id;
}
