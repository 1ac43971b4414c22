import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { type Client, createClient } from '../../src/contract/client.ts';
import { scopes as allScopes, type Role, type Scope } from '../../src/contract/endpoint.ts';
import { api } from '../../src/contract/index.ts';
import { type PasswordHasher, passwordHasher } from '../../src/platform/crypto/index.ts';
import type { Db } from '../../src/platform/db/database.ts';
import type { Router } from '../../src/platform/http/router.ts';
import { createLogger } from '../../src/platform/log.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { type Core, openCore } from '../../src/services/core.ts';
import { buildWeb } from '../../src/services/web.ts';
import { createTestDatabase } from './database.ts';

/** A server with a database and a data directory of its own, listening on a free port. */
export interface TestApi extends AsyncDisposable {
  readonly address: string;
  readonly server: FastifyInstance;
  readonly router: Router;
  readonly core: Core;
  readonly db: Db;
  readonly connection: pg.PoolConfig;
  /** Of the 0600 file in the data directory: owner. */
  readonly machineToken: string;
  /** The local CLI. */
  readonly machine: Client;
  /** Nobody. */
  readonly anonymous: Client;
  /** A user of this role by a token; made the first time. With `teams`, a member of those too. */
  as(role: Role, options?: { scopes?: Scope[]; teams?: string[] }): Promise<Client>;
  /** The token behind `as`. */
  tokenOf(role: Role, options?: { scopes?: Scope[]; teams?: string[] }): Promise<string>;
  /** A client with headers of its own. */
  client(headers: Record<string, string>): Client;
  /** Moves the server's clock on. */
  advance(ms: number): void;
  /** Stops the server and drops everything. */
  close(): Promise<void>;
}

/** Starts one. Use it in `beforeAll` and call `close` in `afterAll`, or `scoped(createTestApi())` in a test. */
export async function createTestApi(
  options: { passwords?: PasswordHasher; environment?: Record<string, string> } = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-api-'));
  const shutdown = new AbortController();
  let skippedMs = 0;
  const settings = readSettings({
    ...options.environment,
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_PORT: '0',
  });
  const log = createLogger('test', process.env.SLIPWAY_LOG_LEVEL || 'silent');
  const opened = await openCore(settings, database.connection, log, shutdown.signal);
  const core: Core = {
    ...opened,
    passwords: options.passwords ?? quickPasswords,
    now: () => new Date(Date.now() + skippedMs),
  };
  const { server, router } = await buildWeb(core, { validateResponses: true });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  const machineToken = (await readFile(core.paths.machineToken, 'utf8')).trim();

  const client = (headers: Record<string, string>) => createClient({ baseUrl: address, headers });
  const machine = client({ authorization: `Bearer ${machineToken}` });
  const tokenOf = tokensBy(machine);

  const close = async () => {
    shutdown.abort();
    await server.close();
    await core.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return {
    address,
    server,
    router,
    core,
    db: core.db,
    connection: database.connection,
    machineToken,
    machine,
    anonymous: client({}),
    client,
    tokenOf,
    as: async (role, options) => client({ authorization: `Bearer ${await tokenOf(role, options)}` }),
    advance: (ms) => {
      skippedMs += ms;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

// As slow as in production, sign-ins would take most of a test run.
const quickPasswords = passwordHasher({ parameters: { logN: 10, r: 8, p: 1 } });

/** Makes users and their tokens through the front door, one for each role, scopes and teams. */
function tokensBy(machine: Client): TestApi['tokenOf'] {
  const made = new Map<string, Promise<string>>();
  return (role, { scopes = [...allScopes], teams = [] } = {}) => {
    const username = [role, ...scopes, ...teams].join('.');
    const token = made.get(username) ?? createUserWithToken(machine, { username, role, scopes, teams });
    made.set(username, token);
    return token;
  };
}

async function createUserWithToken(
  machine: Client,
  user: { username: string; role: Role; scopes: Scope[]; teams: string[] },
): Promise<string> {
  const { username, role, scopes, teams } = user;
  await machine.call(api.createUser, { body: { username, role, teams } });
  const { token } = await machine.call(api.createToken, { body: { name: 'test', scopes, user: username } });
  return token;
}
