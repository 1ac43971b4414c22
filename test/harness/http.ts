import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import type { Db } from '../../src/platform/db/database.ts';
import { createRouter, type Router, type RouterOptions } from '../../src/platform/http/router.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { createLogger } from '../../src/platform/log.ts';

/** Who calls, in tests of the HTTP platform. */
export const testActor: Actor = {
  kind: 'user',
  id: 1,
  name: 'ada',
  role: 'owner',
  scopes: ['read', 'deploy', 'admin'],
  teams: [],
  ip: '127.0.0.1',
};

export interface TestServer {
  readonly server: FastifyInstance;
  readonly address: string;
}

/** A server with routes of the test's own, listening until the test ends. `db` may be left out by who needs none. */
export async function serve(
  register: (router: Router) => void,
  options: Partial<RouterOptions> & { db?: Db } = {},
): Promise<TestServer> {
  const server = await createServer(createLogger('test', process.env.SLIPWAY_LOG_LEVEL || 'silent'));
  const router = createRouter(server, {
    db: missing,
    now: () => new Date(),
    authenticate: async () => testActor,
    validateResponses: true,
    ...options,
  });
  register(router);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  return { server, address };
}

const missing = new Proxy({} as Db, {
  get: () => {
    throw new Error('this test has no database');
  },
});
