import { isAbsolute } from 'node:path';
import { AppError } from '../errors.ts';
import { redact } from './redact.ts';

/** A checked address of a repository. */
export type Remote = {
  transport: 'http' | 'ssh' | 'git' | 'file';
  /** What git is given: without user name and password where they would show in argv. */
  address: string;
  /** Safe to show. */
  display: string;
  /** `https://host:port` for http, so that a credential is offered to that server only. */
  origin?: string;
  /** What stood in front of the host of an http URL. */
  embedded?: { username: string; token: string };
};

const transports: Record<string, Remote['transport']> = {
  'http:': 'http',
  'https:': 'http',
  'ssh:': 'ssh',
  'git:': 'git',
  'file:': 'file',
};

/**
 * Reads the URL or absolute path of a repository. Throws `invalid_input` for what is neither, for protocols
 * that run programs (`ext::`), and for what git or ssh would take for an option.
 */
export function parseRemoteUrl(url: string): Remote {
  const display = redact(url);
  const refuse = (why: string) =>
    new AppError('invalid_input', `repository URL ${JSON.stringify(display)} ${why}`);
  if (url.trim() === '') throw new AppError('invalid_input', 'the repository URL is empty');
  if (hasControlCharacter(url) || url !== url.trim()) {
    throw refuse('has spaces around it or control characters in it');
  }
  if (url.startsWith('-')) throw refuse('must not begin with "-"');
  if (/^[A-Za-z0-9]+::/.test(url)) throw refuse(`uses a remote helper; ${accepted}`);
  if (isAbsolute(url)) return { transport: 'file', address: url, display };
  if (url.includes('://')) return parseWithScheme(url, display, refuse);
  if (isScpLike(url)) return { transport: 'ssh', address: url, display };
  throw refuse(`is not one that can be fetched; ${accepted}`);
}

const accepted =
  'use https://host/path, ssh://user@host/path, user@host:path, git://host/path or an absolute path';

function parseWithScheme(url: string, display: string, refuse: (why: string) => AppError): Remote {
  const parsed = URL.parse(url);
  // Not shown: where its password ends cannot be told.
  if (parsed === null) throw new AppError('invalid_input', `the repository URL cannot be read; ${accepted}`);
  const transport = transports[parsed.protocol];
  if (transport === undefined)
    throw refuse(`uses the protocol ${parsed.protocol}//, which is not allowed; ${accepted}`);
  if (transport === 'file') return { transport, address: url, display };
  // The URL standard forgives both and reads another host than git would.
  if (parsed.hostname === '' || url.includes(':///')) throw refuse('names no host');
  if (url.includes('\\')) throw refuse('has a backslash in it');
  if (parsed.hostname.startsWith('-') || parsed.username.startsWith('-')) {
    throw refuse('has a host or user that begins with "-"');
  }
  if (transport !== 'http') return { transport, address: withoutPassword(url), display };
  const embedded = embeddedCredential(parsed);
  return {
    transport,
    address: url.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1'),
    display,
    origin: parsed.origin,
    ...(embedded === undefined ? {} : { embedded }),
  };
}

function embeddedCredential({ username, password }: URL): Remote['embedded'] {
  if (username === '' && password === '') return undefined;
  const user = decodeURIComponent(username);
  // `https://TOKEN@host/…` is how many tools write a token without a user name.
  return password === ''
    ? { username: 'x-access-token', token: user }
    : { username: user, token: decodeURIComponent(password) };
}

function withoutPassword(url: string): string {
  return url.replace(/^([a-z]+:\/\/[^/@:]*):[^/@]*@/i, '$1@');
}

function isScpLike(url: string): boolean {
  return /^(?!-)([^\s@:/]+@)?(?!-)([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]):(?!-)./.test(url);
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
