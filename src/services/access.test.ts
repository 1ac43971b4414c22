import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../test/harness/api.ts';
import { type Role, roles, type Scope, scopes } from '../contract/endpoint.ts';
import { api } from '../contract/index.ts';
import type { Problem } from '../contract/problem.ts';
import { runnerProtocol } from '../contract/runnerProtocol.ts';
import { type AnyEndpoint, apiPrefix } from '../platform/http/router.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());

const endpoints = Object.entries(api) as [string, AnyEndpoint][];
const described = ['/api/v1/openapi.json', '/api/v1/docs', '/api/v1/docs.css'];

/** Nothing has this name or number: the walk must not end the tokens it walks with. */
const nobody = '0';

/** What an answer says about access, or `passed` when the endpoint let the caller in, whatever it then said. */
type Access = 'passed' | 'unauthenticated' | `role ${string}` | `scope ${string}`;

async function knock(endpoint: AnyEndpoint, token?: string): Promise<Access> {
  const leave = new AbortController();
  const response = await fetch(test.address + apiPrefix + endpoint.path.replace(/\{\w+\}/g, nobody), {
    method: endpoint.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(endpoint.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(endpoint.body ? { body: '{}' } : {}),
    signal: leave.signal,
  });
  expect(response.status, `${endpoint.method} ${endpoint.path}`).not.toBe(500);
  const problem = response.ok ? undefined : ((await response.json()) as Problem);
  leave.abort();
  if (problem?.code === 'unauthenticated') return 'unauthenticated';
  if (problem?.details.required_role) return `role ${String(problem.details.required_role)}`;
  if (problem?.details.required_scope) return `scope ${String(problem.details.required_scope)}`;
  return 'passed';
}

function expectedFor(endpoint: AnyEndpoint, role: Role, held: readonly Scope[]): Access {
  const { access } = endpoint;
  if (access === 'public') return 'passed';
  if (roles.indexOf(role) < roles.indexOf(access.role)) return `role ${access.role}`;
  return held.includes(access.scope) ? 'passed' : `scope ${access.scope}`;
}

describe('every endpoint of the contract', () => {
  it('is implemented, and none is that the contract does not know', () => {
    expect(new Set(test.router.endpoints)).toEqual(new Set(endpoints.map(([, endpoint]) => endpoint)));
    expect(test.router.endpoints).toHaveLength(endpoints.length);
  });

  it.each(endpoints)('%s is closed to who does not sign in, unless it is public', async (_, endpoint) => {
    const expected = endpoint.access === 'public' ? 'passed' : 'unauthenticated';
    expect(await knock(endpoint)).toBe(expected);
    expect(await knock(endpoint, `slp_${'0'.repeat(38)}`)).toBe(expected);
    expect(await knock(endpoint, 'slipway')).toBe(expected);
  });

  it.each(endpoints)(
    '%s opens to exactly the roles and scopes that the contract names',
    async (_, endpoint) => {
      for (const role of roles) {
        for (const held of [[...scopes], ...scopes.map((scope) => [scope])]) {
          const token = await test.tokenOf(role, { scopes: held });
          const expected = expectedFor(endpoint, role, held);
          expect(await knock(endpoint, token), `${role} with ${held}`).toBe(expected);
        }
      }
      expect(await knock(endpoint, test.machineToken), 'the local CLI').toBe('passed');
    },
  );
});

describe('what the contract grants', () => {
  const granted = endpoints.flatMap(([name, endpoint]) =>
    endpoint.access === 'public' ? [] : [{ name, method: endpoint.method, ...endpoint.access }],
  );

  it('is public for signing in only, and for the first owner', () => {
    const open = endpoints.filter(([, endpoint]) => endpoint.access === 'public').map(([name]) => name);
    expect(open).toEqual(['signIn', 'setUpState', 'setUp']);
  });

  // Who looks at a deploy tells so, for half a minute: that is looking too.
  const looking = ['watchDeploy', 'stopWatching'];

  it('lets a token that may only look change nothing but its own session', () => {
    const changing = granted.filter(({ method, scope }) => method !== 'GET' && scope === 'read');
    expect(changing.map(({ name }) => name).filter((name) => !looking.includes(name))).toEqual(['signOut']);
  });

  it('lets viewers change nothing but what is their own', () => {
    const changing = granted.filter(({ method, role }) => method !== 'GET' && role === 'viewer');
    expect(changing.map(({ name }) => name).filter((name) => !looking.includes(name))).toEqual([
      'signOut',
      'endSession',
      'changeMyPassword',
      'createToken',
      'revokeToken',
    ]);
  });
});

/** What runners on other machines ask, by tokens of their own. */
const isOfRunners = (path: string): boolean => path.startsWith(`${apiPrefix}/runner/`);

describe('every route of the server below /api', () => {
  it('is an endpoint of the contract, or describes it', () => {
    const declared = endpoints.map(([, { method, path }]) => `${method} ${apiPrefix}${path}`);
    const known = new Set([...declared, ...described.map((path) => `GET ${path}`)]);
    const routes = routesOf(test.server.printRoutes({ commonPrefix: false }));
    expect(routes.length).toBeGreaterThan(endpoints.length);
    for (const route of routes.filter(({ path }) => path.startsWith('/api') && !isOfRunners(path))) {
      const method = route.method === 'HEAD' ? 'GET' : route.method;
      expect(known, `${route.method} ${route.path}`).toContain(`${method} ${route.path}`);
    }
  });

  it("is closed to people's tokens where runners of other machines ask", async () => {
    const routes = routesOf(test.server.printRoutes({ commonPrefix: false })).filter(
      ({ path, method }) => isOfRunners(path) && method !== 'HEAD' && !path.includes('*'),
    );
    expect(routes.length).toBeGreaterThanOrEqual(Object.keys(runnerProtocol).length);
    for (const { method, path } of routes) {
      const url = test.address + path.replace('{id}', randomUUID()).replace('{job}', '1');
      for (const token of [test.machineToken, `slr_${'0'.repeat(38)}`, '']) {
        const response = await fetch(url, {
          method,
          headers: { authorization: `Bearer ${token}`, 'x-slipway-lease': randomUUID() },
        });
        expect(response.status, `${method} ${path}`).toBe(401);
      }
    }
  });

  it('is closed by HEAD as it is by GET', async () => {
    for (const [, { method, path, access, streams }] of endpoints) {
      if (method !== 'GET' || access === 'public') continue;
      const response = await fetch(test.address + apiPrefix + path.replace(/\{\w+\}/g, nobody), {
        method: 'HEAD',
      });
      expect(response.status, path).toBe(streams === 'server-sent-events' ? 404 : 401);
    }
  });

  it.each(described)('%s is open, for it tells nothing but the contract', async (path) => {
    expect((await fetch(test.address + path)).status).toBe(200);
  });
});

/** Reads Fastify's drawing of its routes, four characters of indentation a level. */
function routesOf(drawing: string): { method: string; path: string }[] {
  const parents: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^(.*?)[├└]── (\S+)(?: \((.+)\))?/.exec(line) ?? [];
    if (part === '') return [];
    const level = indent.length / 4;
    parents.splice(level, Number.POSITIVE_INFINITY, part);
    const path = parents.join('').replace(/:(\w+)/g, '{$1}');
    return methods.split(', ').flatMap((method) => (method === '' ? [] : [{ method, path }]));
  });
}
