import { z } from 'zod';
import { Flag, Name, Nothing, pageOf, pageQuery, Timestamp } from './common.ts';
import { endpoint, roles, scopes } from './endpoint.ts';

/** The cookie that a browser's session lives in, and the header that carries its `csrf_token`. */
export const sessionCookie = 'slipway_session';
export const csrfHeader = 'X-CSRF-Token';

const Username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'lower-case letters, digits, dots, hyphens and underscores');
const Password = z.string().min(10, 'at least 10 characters').max(1000);
const Role = z.enum(roles);
const Scope = z.enum(scopes);

export const User = z
  .object({
    username: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: Role,
    teams: z.array(z.string()),
    disabled: z.boolean(),
    created_at: Timestamp,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

export const Me = z
  .object({
    kind: z.enum(['user', 'machine']),
    name: z.string(),
    role: Role,
    teams: z.array(z.string()),
    scopes: z.array(Scope),
  })
  .meta({ id: 'Me', description: 'Who the caller is and what they may do.' });

export const Session = z.object({ user: User, csrf_token: z.string(), expires_at: Timestamp }).meta({
  id: 'Session',
  description: 'Send `csrf_token` as `X-CSRF-Token` with every request that changes something.',
});

export const SessionSummary = z
  .object({
    id: z.number().int(),
    ip: z.string(),
    user_agent: z.string(),
    created_at: Timestamp,
    last_used_at: Timestamp,
    expires_at: Timestamp,
    current: z.boolean(),
  })
  .meta({ id: 'SessionSummary' });

export const Token = z
  .object({
    id: z.number().int(),
    name: z.string(),
    hint: z.string().meta({ description: 'The first characters, to recognise it by.' }),
    scopes: z.array(Scope),
    user: z.string(),
    created_at: Timestamp,
    expires_at: Timestamp.nullable(),
    last_used_at: Timestamp.nullable(),
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof Token>;

export const AuditEntry = z
  .object({
    id: z.number().int(),
    at: Timestamp,
    actor: z.string(),
    actor_kind: z.string(),
    ip: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

const signedIn = { role: 'viewer', scope: 'read' } as const;
/** A token that may only look changes nothing, not even its own user's things. */
const changesOwn = { role: 'viewer', scope: 'deploy' } as const;
const administer = { role: 'admin', scope: 'admin' } as const;
const userParams = z.object({ username: z.string().max(100) });

export const accounts = {
  signIn: endpoint({
    method: 'POST',
    path: '/session',
    tag: 'Accounts',
    summary: 'Sign in with a password; sets the session cookie',
    access: 'public',
    body: z.object({ username: z.string().max(200), password: z.string().max(1000) }),
    response: Session,
    status: 201,
  }),
  setUpState: endpoint({
    method: 'GET',
    path: '/setup',
    tag: 'Accounts',
    summary: 'Whether nobody can sign in yet',
    access: 'public',
    response: z.object({ needed: z.boolean() }),
  }),
  setUp: endpoint({
    method: 'POST',
    path: '/setup',
    tag: 'Accounts',
    summary: 'Make the first owner, by the link that `slipway up` prints, and sign in',
    description: 'Only while nobody can sign in.',
    access: 'public',
    body: z.object({
      code: z.string().max(100),
      username: Username,
      name: z.string().max(200).default(''),
      password: Password,
    }),
    response: Session,
    status: 201,
  }),
  session: endpoint({
    method: 'GET',
    path: '/session',
    tag: 'Accounts',
    summary: 'The session of this browser, with a fresh CSRF token',
    access: signedIn,
    response: Session,
  }),
  signOut: endpoint({
    method: 'DELETE',
    path: '/session',
    tag: 'Accounts',
    summary: 'Sign out',
    access: signedIn,
    response: Nothing,
    status: 204,
  }),
  sessions: endpoint({
    method: 'GET',
    path: '/sessions',
    tag: 'Accounts',
    summary: "The caller's sessions",
    access: signedIn,
    response: z.object({ items: z.array(SessionSummary) }),
  }),
  endSession: endpoint({
    method: 'DELETE',
    path: '/sessions/{id}',
    tag: 'Accounts',
    summary: "End one of the caller's sessions",
    access: changesOwn,
    params: z.object({ id: z.coerce.number().int() }),
    response: Nothing,
    status: 204,
  }),
  me: endpoint({
    method: 'GET',
    path: '/me',
    tag: 'Accounts',
    summary: 'Who am I, and what may I do',
    access: signedIn,
    response: Me,
  }),
  changeMyPassword: endpoint({
    method: 'PUT',
    path: '/me/password',
    tag: 'Accounts',
    summary: 'Change my password; ends my other sessions',
    access: changesOwn,
    body: z.object({ current: z.string().max(1000), password: Password }),
    response: Nothing,
    status: 204,
  }),
  listUsers: endpoint({
    method: 'GET',
    path: '/users',
    tag: 'Accounts',
    summary: 'All users',
    access: signedIn,
    response: z.object({ items: z.array(User) }),
  }),
  createUser: endpoint({
    method: 'POST',
    path: '/users',
    tag: 'Accounts',
    summary: 'Add a user',
    access: administer,
    body: z.object({
      username: Username,
      name: z.string().max(200).default(''),
      email: z.email().optional(),
      role: Role,
      password: Password.optional(),
      teams: z.array(Name).default([]),
    }),
    response: User,
    status: 201,
  }),
  updateUser: endpoint({
    method: 'PATCH',
    path: '/users/{username}',
    tag: 'Accounts',
    summary: "Change a user's role, name, e-mail or password, or disable them",
    access: administer,
    params: userParams,
    body: z.object({
      name: z.string().max(200).optional(),
      email: z.email().nullable().optional(),
      role: Role.optional(),
      password: Password.optional(),
      disabled: z.boolean().optional(),
    }),
    response: User,
  }),
  listTokens: endpoint({
    method: 'GET',
    path: '/tokens',
    tag: 'Accounts',
    summary: "The caller's API tokens, or with `all` everyone's (admins)",
    access: signedIn,
    query: z.object({ all: Flag.optional() }),
    response: z.object({ items: z.array(Token) }),
  }),
  createToken: endpoint({
    method: 'POST',
    path: '/tokens',
    tag: 'Accounts',
    summary: 'Create an API token; it is shown only this once',
    description:
      'A token can never do more than its user; one that a token makes can never do more, or live longer, than that token. The local CLI names the user with `user`.',
    access: changesOwn,
    body: z.object({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(Scope).min(1).default(['read', 'deploy']),
      expires_in_days: z.number().int().min(1).max(3650).nullable().default(90),
      user: z.string().max(100).optional(),
    }),
    response: Token.extend({ token: z.string() }),
    status: 201,
  }),
  revokeToken: endpoint({
    method: 'DELETE',
    path: '/tokens/{id}',
    tag: 'Accounts',
    summary: 'Revoke an API token',
    access: changesOwn,
    params: z.object({ id: z.coerce.number().int() }),
    response: Nothing,
    status: 204,
  }),
  listAudit: endpoint({
    method: 'GET',
    path: '/audit',
    tag: 'Accounts',
    summary: 'Who did what, from where, when; newest first',
    access: administer,
    query: z.object({
      ...pageQuery,
      actor: z.string().max(200).optional(),
      action: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'An action, or a prefix such as `deploy.`' }),
      subject: z.string().max(300).optional(),
      since: Timestamp.optional(),
      until: Timestamp.optional(),
    }),
    response: pageOf(AuditEntry),
  }),
};
