import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve, testActor } from '../../../test/harness/http.ts';
import { endpoint } from '../../contract/endpoint.ts';
import type { Problem } from '../../contract/problem.ts';
import { apiPrefix, type Router } from './router.ts';

const look = { role: 'viewer', scope: 'read' } as const;
const echo = endpoint({
  method: 'POST',
  path: '/echo/{name}',
  tag: 'Test',
  summary: 'Answers what it was sent',
  access: look,
  params: z.object({ name: z.string().max(20) }),
  query: z.object({ limit: z.coerce.number().int().max(10).default(5) }),
  body: z.object({ text: z.string().max(2_000_000), list: z.array(z.string()).default([]) }),
  response: z.object({ name: z.string(), limit: z.number(), text: z.string() }),
  status: 201,
});
const bare = endpoint({
  method: 'POST',
  path: '/bare',
  tag: 'Test',
  summary: 'Takes nothing',
  access: look,
  response: z.undefined(),
  status: 204,
});

function routes(router: Router): void {
  router.add(echo, async ({ params, query, body }) => ({ ...params, ...query, text: body.text }));
  router.add(bare, async () => undefined);
}

async function post(address: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${address}${apiPrefix}${path}`, {
    method: 'POST',
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

describe('an endpoint', () => {
  it('is given its parts parsed, and answers with its status', async () => {
    const { address } = await serve(routes);
    expect(await post(address, '/echo/harbor?limit=7', { text: 'hello' })).toMatchObject({
      status: 201,
      body: { name: 'harbor', limit: 7, text: 'hello' },
    });
    expect(await post(address, '/bare')).toMatchObject({ status: 204, body: undefined });
  });

  it('is given a path with any characters', async () => {
    const { address } = await serve(routes);
    const answer = await post(address, `/echo/${encodeURIComponent('a/b %25 ü')}`, { text: '' });
    expect(answer.body).toMatchObject({ name: 'a/b %25 ü' });
  });
});

describe('input that does not fit', () => {
  it.each<[string, string, unknown, { where: string; message: RegExp }[]]>([
    ['an unknown property', '/echo/a', { text: '', txt: '' }, [{ where: 'body', message: /txt/ }]],
    ['an unknown parameter', '/echo/a?limt=3', { text: '' }, [{ where: 'query', message: /limt/ }]],
    ['a body for who takes none', '/bare', { force: true }, [{ where: 'body', message: /force/ }]],
    ['a parameter for who takes none', '/bare?force=1', undefined, [{ where: 'query', message: /force/ }]],
    ['a missing property', '/echo/a', {}, [{ where: 'body.text', message: /string/ }]],
    ['no body', '/echo/a', undefined, [{ where: 'body.text', message: /string/ }]],
    ['null', '/echo/a', 'null', [{ where: 'body.text', message: /string/ }]],
    ['a list', '/echo/a', [], [{ where: 'body', message: /object/ }]],
    ['a number too large', '/echo/a?limit=11', { text: '' }, [{ where: 'query.limit', message: /10/ }]],
    [
      'a parameter twice',
      '/echo/a?limit=1&limit=2',
      { text: '' },
      [{ where: 'query.limit', message: /number/ }],
    ],
    ['a path too long', `/echo/${'a'.repeat(21)}`, { text: '' }, [{ where: 'path.name', message: /20/ }]],
    ['a NUL character', '/echo/a', { text: 'a\0b' }, [{ where: 'body', message: /NUL/ }]],
    ['a NUL character in the path', '/echo/a%00', { text: '' }, [{ where: 'path', message: /NUL/ }]],
    ['half a pair', '/echo/a', '{"text":"\\ud800"}', [{ where: 'body', message: /half a pair/ }]],
    [
      'half a pair, deeper',
      '/echo/a',
      '{"text":"","list":["\\udc00"]}',
      [{ where: 'body', message: /half/ }],
    ],
  ])('%s is told with its place', async (_, path, body, problems) => {
    const { address } = await serve(routes);
    const answer = await post(address, path, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(answer.body.details.problems).toMatchObject(
      problems.map(({ where, message }) => ({ where, message: expect.stringMatching(message) })),
    );
    expect(answer.body.detail).toMatch(new RegExp(`^${problems[0]?.where}: `));
  });

  it('is told all at once', async () => {
    const { address } = await serve(routes);
    const answer = await post(address, '/echo/a', { text: 1, list: [2, 3] });
    expect(answer.body.details.problems.map((problem: { where: string }) => problem.where)).toEqual([
      'body.text',
      'body.list.0',
      'body.list.1',
    ]);
  });

  it('does no harm to what all objects share', async () => {
    const { address } = await serve(routes);
    for (const body of [
      '{"text":"","__proto__":{"admin":true}}',
      '{"text":"","constructor":{"prototype":{}}}',
    ]) {
      expect((await post(address, '/echo/a', body)).status).toBe(400);
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('access', () => {
  const admin = endpoint({ ...bare, path: '/admin', access: { role: 'admin', scope: 'admin' } });
  const open = endpoint({ ...bare, path: '/open', access: 'public' });
  const withActor = (actor: typeof testActor | undefined) =>
    serve(
      (router) => {
        router.add(admin, async () => undefined);
        router.add(open, async ({ actor: caller }) => {
          expect(caller).toMatchObject({ role: 'viewer', scopes: [] });
          return undefined;
        });
      },
      { authenticate: async () => actor },
    );

  it('is denied to nobody, to a lower role and to a narrower token, each with what it takes', async () => {
    const nobody = await withActor(undefined);
    expect(await post(nobody.address, '/admin')).toMatchObject({
      status: 401,
      body: { code: 'unauthenticated' },
    });
    expect(await post(nobody.address, '/open')).toMatchObject({ status: 204 });
    const member = await withActor({ ...testActor, role: 'member' });
    expect(await post(member.address, '/admin')).toMatchObject({
      status: 403,
      body: { detail: 'this takes the role admin; ada is member', details: { required_role: 'admin' } },
    });
    const narrow = await withActor({ ...testActor, scopes: ['read'] });
    expect(await post(narrow.address, '/admin')).toMatchObject({
      status: 403,
      body: { details: { required_scope: 'admin' } },
    });
  });

  it('is checked before the input is looked at', async () => {
    const { address } = await serve(routes, { authenticate: async () => undefined });
    expect((await post(address, '/echo/a?nonsense', { nonsense: 1 })).status).toBe(401);
  });
});

describe('an answer', () => {
  it('that is not what the contract says is an error where that is checked', async () => {
    const wrong = (router: Router) => router.add(echo, async () => ({ name: 'x', limit: 'many' }) as never);
    const strict = await serve(wrong);
    expect(await post(strict.address, '/echo/a', { text: '' })).toMatchObject({ status: 500 });
    const trusting = await serve(wrong, { validateResponses: false });
    expect(await post(trusting.address, '/echo/a', { text: '' })).toMatchObject({ status: 201 });
  });

  it('carries its request id and lets nothing in it run', async () => {
    const { address } = await serve(routes);
    const { headers } = await post(address, '/bare');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('never takes its request id from who asks', async () => {
    const { address } = await serve(routes);
    const { headers } = await post(address, '/bare', undefined, { 'request-id': 'x', 'x-request-id': 'x' });
    expect(headers.get('x-request-id')).not.toBe('x');
  });
});

describe('requests that reach no endpoint', () => {
  const problemAt = async (path: string, init: RequestInit = {}) => {
    const { address } = await serve(routes);
    const response = await fetch(address + path, init);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const problem = (await response.json()) as Problem;
    expect(problem.request_id).toBe(response.headers.get('x-request-id'));
    expect(problem.status).toBe(response.status);
    return problem;
  };

  it.each([
    ['/api/v1/nowhere', 'not_found', 'there is no GET /api/v1/nowhere; see /api/v1/docs'],
    ['/', 'not_found', 'there is no GET /; see /api/v1/docs'],
    ['/api/v1/bare', 'not_found', 'there is no GET /api/v1/bare; see /api/v1/docs'],
    ['/api/v1/nowhere?secret=1', 'not_found', 'there is no GET /api/v1/nowhere; see /api/v1/docs'],
    ['/api/v1/echo/%zz', 'invalid_input', "'/api/v1/echo/%zz' is not a valid url component"],
  ])('%s', async (path, code, detail) => {
    expect(await problemAt(path)).toMatchObject({ code, detail });
  });

  it('a part of the path beyond all measure', async () => {
    const path = `${apiPrefix}/echo/${'a'.repeat(1000)}`;
    expect(await problemAt(path, { method: 'POST' })).toMatchObject({ code: 'invalid_input' });
  });

  it.each([
    ['text that is no JSON', '{"text":', 'application/json', 'invalid_input'],
    ['nothing that says it is JSON', '', 'application/json', 'invalid_input'],
    ['a form', 'text=1', 'application/x-www-form-urlencoded', 'invalid_input'],
    ['XML', '<text/>', 'application/xml', 'invalid_input'],
  ])('a body of %s', async (_, body, type, code) => {
    const problem = await problemAt(`${apiPrefix}/echo/a`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(problem).toMatchObject({ code, status: 400 });
  });

  it('a body that is too large', async () => {
    const { server } = await serve(routes);
    const payload = JSON.stringify({ text: 'x'.repeat(2 * 1024 * 1024) });
    const headers = { 'content-type': 'application/json' };
    const answer = await server.inject({ method: 'POST', url: `${apiPrefix}/echo/a`, payload, headers });
    expect(answer.json()).toMatchObject({ status: 413, code: 'payload_too_large' });
  });
});
