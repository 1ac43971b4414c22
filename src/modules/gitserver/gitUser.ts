import type { Actor } from '../../platform/actor.ts';

/** Who speaks git to us. */
export interface GitUser {
  readonly actor: Actor;
  /** Of a job's own token: what it may do, to one repository only. */
  readonly job?: { readonly repositoryId: number; readonly contents: 'none' | 'read' | 'write' };
}

/** The job that a token `slj_…` belongs to, while it may use it. */
export type AuthenticateJob = (token: string, now: Date) => Promise<GitUser | undefined>;

export interface GitCredentials {
  readonly username: string;
  readonly token: string;
}

/**
 * The token of an `Authorization` header: that of Bearer, or the password of Basic with any user name, or its user
 * name where there is no password, as git's users know it of other hosts. Undefined when there is none.
 */
export function readCredentials(header: string | undefined): GitCredentials | undefined {
  const [, scheme = '', value = ''] = /^(Basic|Bearer)\s+(\S+)$/i.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return { username: '', token: value };
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  const [, username = '', password = ''] = /^([^:]*):(.*)$/s.exec(decoded) ?? [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no name or token has, and PostgreSQL does not take.
  if (/[\0-\x1f\x7f\ufffd]/.test(decoded)) return undefined;
  const token = password === '' || password === 'x-oauth-basic' ? username : password;
  return token === '' ? undefined : { username, token };
}
