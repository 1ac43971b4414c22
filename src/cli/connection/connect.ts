import { userInfo } from 'node:os';
import { type Client, createClient } from '../../contract/client.ts';
import { AppError } from '../../platform/errors.ts';
import { readSettings } from '../../platform/settings.ts';
import { normaliseAddress } from './address.ts';
import { credentialsPath, readCredentials } from './credentials.ts';
import { findLocalServer, readMachineToken } from './localServer.ts';

export interface Connection {
  readonly client: Client;
  readonly url: string;
  /** Why this server: it was named, somebody signed in to it, or it runs here. */
  readonly origin: 'named' | 'profile' | 'local';
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Server {
  readonly url: string;
  readonly origin: Connection['origin'];
  readonly token: string | undefined;
}

/**
 * Which Slipway to talk to, and as whom: the one that `--url` or SLIPWAY_URL names, else the one somebody
 * signed in to, else the one that runs on this machine.
 */
export async function connect(named: string | undefined, env: Environment): Promise<Connection> {
  const server = await chooseServer(named || env.SLIPWAY_URL || undefined, env);
  const token = env.SLIPWAY_TOKEN?.trim() || server.token;
  if (token === undefined) {
    throw new AppError(
      'unauthenticated',
      `not signed in to ${server.url}. Sign in with: slipway login ${server.url} (or set SLIPWAY_TOKEN)`,
    );
  }
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'user-agent': 'slipway-cli',
    ...(server.origin === 'local' ? { 'x-slipway-operator': operatorName(env) } : {}),
  };
  return { client: createClient({ baseUrl: server.url, headers }), url: server.url, origin: server.origin };
}

async function chooseServer(named: string | undefined, env: Environment): Promise<Server> {
  const { current, profiles } = await readCredentials(credentialsPath(env));
  const address = named === undefined ? current : normaliseAddress(named);
  if (address === null) return localServer(env);
  const token = profiles.find((profile) => profile.url === address)?.token;
  if (named === undefined) return { url: address, origin: 'profile', token };
  const local = token === undefined ? await localIfThere(address, env) : undefined;
  return local ?? { url: address, origin: 'named', token };
}

async function localServer(env: Environment): Promise<Server> {
  const { dataDir } = readSettings(env);
  const local = await findLocalServer(dataDir);
  switch (local.state) {
    case 'running':
      return { url: local.url, origin: 'local', token: await readMachineToken(dataDir) };
    case 'starting':
      throw new AppError('unavailable', 'Slipway is starting here; try again in a moment');
    case 'stopped':
      throw new AppError(
        'unavailable',
        'Slipway is not running here; start it with: slipway up (or npm start), or name another with --url',
        { data_dir: dataDir },
      );
  }
}

/** Who names this machine's own Slipway by its address is its operator all the same. */
async function localIfThere(address: string, env: Environment): Promise<Server | undefined> {
  const { dataDir } = readSettings(env);
  const local = await findLocalServer(dataDir).catch(() => undefined);
  if (local?.state !== 'running' || normaliseAddress(local.url) !== address) return undefined;
  return { url: local.url, origin: 'local', token: await readMachineToken(dataDir) };
}

/** The person at the keyboard, also behind sudo. */
function operatorName(env: Environment): string {
  const name = env.SUDO_USER || userNameOrUndefined() || 'operator';
  return name.replace(/[^\w.@-]/g, '_').slice(0, 64);
}

function userNameOrUndefined(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    // The uid has no name on this machine, as in many containers.
    return undefined;
  }
}
