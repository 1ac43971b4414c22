import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sshd = '/usr/sbin/sshd';

/** Why there can be no SSH server on this machine, or null. */
export function sshUnavailable(): string | null {
  return existsSync(sshd) ? null : `${sshd} is not installed (apt-get install openssh-server)`;
}

export type SshServer = {
  /** `ssh://user@127.0.0.1:port`, to be followed by an absolute path. */
  readonly url: string;
  /** A key that the server accepts, and one that it does not. */
  readonly privateKey: string;
  readonly strangerKey: string;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Runs a real OpenSSH server on a free port of the loopback, one `sshd -i` a connection. */
export async function serveSsh(): Promise<SshServer> {
  const home = await mkdtemp(join(tmpdir(), 'slipway-sshd-'));
  const [privateKey, strangerKey] = await Promise.all([
    newKey(home, 'user'),
    newKey(home, 'stranger'),
    newKey(home, 'host'),
  ]);
  const config = join(home, 'sshd_config');
  await writeFile(config, sshdConfig(home));
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    const child = spawn(sshd, ['-i', '-e', '-f', config], { stdio: [socket, socket, 'ignore'] });
    child.once('close', () => socket.destroy());
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    privateKey,
    strangerKey,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function newKey(home: string, name: string): Promise<string> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(home, name)]);
  return readFile(join(home, name), 'utf8');
}

function sshdConfig(home: string): string {
  return [
    `HostKey ${join(home, 'host')}`,
    `AuthorizedKeysFile ${join(home, 'user.pub')}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'LogLevel ERROR',
    '',
  ].join('\n');
}
