import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import { configEnvironment } from './environment.ts';
import { isAlive } from './incoming.ts';
import type { Remote } from './remoteUrl.ts';

export type GitCredential =
  | { kind: 'token'; token: string; username?: string }
  | { kind: 'sshKey'; privateKey: string };

/** How to reach a remote: environment for git, and what must never be shown. */
export type Access = { env: Record<string, string>; secrets: string[] };

/**
 * Gives `use` the environment that lets git prove who it is, and removes every file made for that afterwards.
 * An explicit credential wins over one that stands in the URL.
 */
export async function withAccess<T>(
  remote: Remote,
  credential: GitCredential | undefined,
  knownHostsFile: string | undefined,
  use: (access: Access) => Promise<T>,
): Promise<T> {
  if (remote.transport === 'ssh') return withSshAccess(remote, credential, knownHostsFile, use);
  if (credential?.kind === 'sshKey') throw unusable(remote, 'an SSH key', 'ssh:// or user@host:path');
  if (remote.transport === 'http') return use(httpAccess(remote, credential));
  if (credential !== undefined) throw unusable(remote, 'a token', 'http:// or https://');
  return use({ env: {}, secrets: [] });
}

function unusable(remote: Remote, what: string, where: string): AppError {
  return new AppError(
    'invalid_input',
    `${what} cannot be used with ${remote.display}; it works with ${where} URLs`,
  );
}

/**
 * A credential helper that reads the environment. Unlike `http.extraHeader` it is asked for one server only,
 * so that a redirect elsewhere does not carry the token away.
 */
const helper =
  '!f() { test "$1" = get && printf \'username=%s\\npassword=%s\\n\' "$SLIPWAY_GIT_USERNAME" "$SLIPWAY_GIT_TOKEN"; }; f';

function httpAccess(remote: Remote, credential: (GitCredential & { kind: 'token' }) | undefined): Access {
  const login = credential ?? remote.embedded;
  if (login === undefined) return { env: {}, secrets: [] };
  const username = login.username ?? 'x-access-token';
  const token = login.token.trim();
  if (/\p{Cc}/u.test(token + username)) {
    throw new AppError(
      'invalid_input',
      `the token for ${remote.display} contains control characters; copy it again`,
    );
  }
  return {
    env: {
      ...configEnvironment([[`credential.${remote.origin}.helper`, helper]]),
      SLIPWAY_GIT_USERNAME: username,
      SLIPWAY_GIT_TOKEN: token,
    },
    secrets: [token, encodeURIComponent(token)],
  };
}

async function withSshAccess<T>(
  remote: Remote,
  credential: GitCredential | undefined,
  knownHostsFile: string | undefined,
  use: (access: Access) => Promise<T>,
): Promise<T> {
  if (credential?.kind === 'token') throw unusable(remote, 'a token', 'http:// or https://');
  if (knownHostsFile !== undefined) await mkdir(dirname(knownHostsFile), { recursive: true });
  if (credential === undefined) return use(sshAccess(undefined, knownHostsFile));
  await removeAbandonedKeys();
  const directory = await mkdtemp(join(tmpdir(), `${keyDirectoryPrefix}${process.pid}-`));
  try {
    const keyFile = join(directory, 'key');
    await writeFile(keyFile, normalizedKey(credential.privateKey), { mode: 0o600, flag: 'wx' });
    await chmod(keyFile, 0o600);
    return await use(sshAccess(keyFile, knownHostsFile));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const keyDirectoryPrefix = 'slipway-ssh-';

/** OpenSSH refuses a key without its last line feed, or with those of Windows: both come from copy and paste. */
function normalizedKey(privateKey: string): string {
  return `${privateKey.replaceAll(/\r\n?/g, '\n').trim()}\n`;
}

function sshAccess(keyFile: string | undefined, knownHostsFile: string | undefined): Access {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=accept-new',
    'ConnectTimeout=20',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=4',
    'ControlMaster=no',
    'ControlPath=none',
    'ForwardAgent=no',
    'ClearAllForwardings=yes',
    ...(knownHostsFile === undefined ? [] : [`UserKnownHostsFile=${sshValue(knownHostsFile)}`]),
    ...(keyFile === undefined
      ? []
      : ['IdentitiesOnly=yes', 'IdentityAgent=none', `IdentityFile=${sshValue(keyFile)}`]),
  ];
  // The one place where git wants a shell string. It holds our own paths only, each quoted.
  const command = ['ssh', ...options.flatMap((option) => ['-o', option])].map(shellQuoted).join(' ');
  return { env: { GIT_SSH_COMMAND: command, GIT_SSH_VARIANT: 'ssh' }, secrets: [] };
}

/** A path as ssh's configuration reads it: quoted because of spaces, its percent signs doubled. */
function sshValue(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`;
}

function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Keys of a Slipway that was killed while it fetched: their directory names the process that is gone. */
async function removeAbandonedKeys(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^slipway-ssh-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
