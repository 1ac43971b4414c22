import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { oas31 } from 'zod-openapi';
import { endpoint } from '../../contract/endpoint.ts';
import { api } from '../../contract/index.ts';
import { createLogger } from '../log.ts';
import { registerDocumentation } from './documentation.ts';
import type { AnyEndpoint } from './router.ts';
import { createServer } from './server.ts';

let server: FastifyInstance;
let document: oas31.OpenAPIObject;
let page: string;

beforeAll(async () => {
  server = await serverOf(Object.values(api));
  document = (await server.inject('/api/v1/openapi.json')).json();
  page = (await server.inject('/api/v1/docs')).body;
});
afterAll(() => server.close());

async function serverOf(endpoints: AnyEndpoint[]): Promise<FastifyInstance> {
  const created = await createServer(createLogger('test', 'silent'));
  registerDocumentation(created, { endpoints }, 'https://ship.example.com/harbor');
  return created;
}

const operationOf = ({ path, method }: AnyEndpoint) =>
  document.paths?.[path]?.[method.toLowerCase() as 'get'] as oas31.OperationObject;
const parametersOf = (about: AnyEndpoint) => operationOf(about).parameters as oas31.ParameterObject[];
const contentOf = (about: AnyEndpoint, status = '200') =>
  (operationOf(about).responses?.[status as '200'] as oas31.ResponseObject | undefined)?.content ?? {};

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...document });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('resolves each of its references', () => {
    const text = JSON.stringify(document);
    const references = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map(([, a, b]) => [a, b]),
    );
    expect(references.size).toBe(text.split('"$ref"').length - 1);
    for (const [kind = '', name = ''] of references) {
      expect(document.components?.[kind as 'schemas']?.[name], `${kind}/${name}`).toBeDefined();
    }
  });

  it.each(Object.entries(api))('describes %s with its name, access and way to sign in', (name, declared) => {
    const operation = operationOf(declared);
    expect(operation).toMatchObject({ operationId: name, summary: declared.summary, tags: [declared.tag] });
    expect(operation['x-slipway-access']).toEqual(declared.access);
    const schemes = operation.security?.flatMap((requirement) => Object.keys(requirement));
    const expected = declared.method === 'GET' ? ['bearer', 'session'] : ['bearer', 'session', 'csrf'];
    expect(schemes).toEqual(declared.access === 'public' ? [] : expected);
    expect(Object.keys(operation.responses ?? {})).toContain('401');
    expect(Object.keys(operation.responses ?? {}).includes('403')).toBe(declared.access !== 'public');
  });

  it('says where the server is, and what a body may not have', () => {
    expect(document.servers).toEqual([{ url: 'https://ship.example.com/harbor/api/v1' }]);
    const body = operationOf(api.createLock).requestBody as oas31.RequestBodyObject;
    expect(body.required).toBe(true);
    expect(body.content['application/json']?.schema).toMatchObject({
      additionalProperties: false,
      required: ['reason'],
    });
    expect((operationOf(api.unlock).requestBody as oas31.RequestBodyObject).required).toBe(false);
  });

  it('leaves answers room to grow', () => {
    expect(document.components?.schemas?.Deploy).not.toHaveProperty('additionalProperties');
  });

  it('offers the headers that an operation understands', () => {
    const headersOf = (about: AnyEndpoint) =>
      parametersOf(about)
        .filter((parameter) => parameter.in === 'header')
        .map(({ name }) => name);
    for (const declared of Object.values(api) as AnyEndpoint[]) {
      expect(headersOf(declared).includes('Idempotency-Key')).toBe(declared.idempotent === true);
      expect(headersOf(declared).includes('Last-Event-ID')).toBe(declared.streams === 'server-sent-events');
    }
    expect(headersOf(api.log)).toEqual(['Range']);
  });

  it('tells streams and bytes from JSON', () => {
    expect(Object.keys(contentOf(api.events))).toEqual(['text/event-stream']);
    expect(Object.keys(contentOf(api.log, '206'))).toEqual(['text/plain']);
    expect(contentOf(api.signOut, '204')).toEqual({});
    expect(contentOf(api.requestDeploy, '201')).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/Deploy' } },
    });
  });

  it('answers problems in one shape', () => {
    expect(document.components?.responses?.conflict).toMatchObject({
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
  });
});

describe('the page', () => {
  it('shows every operation with its path, its access and an example', () => {
    for (const [name, declared] of Object.entries(api)) {
      const article = page.match(new RegExp(`<article id="${name}">.*?</article>`, 's'))?.[0] ?? '';
      expect(article.replaceAll('<wbr>', ''), name).toContain(`<code>${declared.path}</code>`);
      expect(article).toContain('curl ');
      expect(article).toMatch(/Anyone|Everyone who is signed in|Role \w+ or above/);
    }
  });

  it('has a place for each of its links, and one place for each name', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('needs nothing from elsewhere and nothing that its content security policy forbids', async () => {
    const response = await server.inject('/api/v1/docs');
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<style|<img|<iframe|\sstyle=|\son\w+=/);
    const loaded = [...page.matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, href]) => href);
    expect(loaded).toEqual(['docs.css']);
    const style = await server.inject('/api/v1/docs.css');
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(style.body).not.toMatch(/url\(|@import/);
  });

  it('escapes whatever the contract says', async () => {
    const hostile = `<script>alert("1")</script>' & <b>`;
    const strange = await serverOf([
      endpoint({
        method: 'POST',
        path: '/strange/{id}',
        tag: hostile,
        summary: hostile,
        description: `${hostile} \`${hostile}\``,
        access: { role: 'viewer', scope: 'read' },
        params: z.object({ id: z.string().meta({ description: hostile }) }),
        body: z.object({ [hostile]: z.string().default(hostile), choice: z.enum([hostile]) }),
        response: z.object({ [hostile]: z.literal(hostile) }),
      }),
    ]);
    const { body } = await strange.inject('/api/v1/docs');
    expect(body).not.toContain('<script');
    expect(body.replace(/<b>(Signing in|Problems|Doing it once|Pages|Streams)\./g, '')).not.toContain('<b>');
    expect(body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; &amp; &lt;b&gt;');
    await strange.close();
  });
});

describe('an example', () => {
  const exampleOf = (name: keyof typeof api) =>
    (page.match(new RegExp(`<article id="${name}">.*?<pre tabindex="0"><code>(.*?)</code>`, 's'))?.[1] ?? '')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');

  it('can be typed as it stands', () => {
    expect(exampleOf('requestDeploy')).toBe(
      [
        'curl -X POST https://ship.example.com/harbor/api/v1/apps/harbor/environments/production/deploys \\',
        '  -H "Authorization: Bearer $SLIPWAY_TOKEN" \\',
        '  -H "Idempotency-Key: $(uuidgen)" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"ref":"main"}'`,
      ].join('\n'),
    );
    expect(exampleOf('searchLog')).toContain('/log/search?text=error');
  });

  it.each(Object.entries(api) as [keyof typeof api, AnyEndpoint][])(
    'of %s sends what its schema takes',
    (name, { body }) => {
      const sent = exampleOf(name)
        .match(/-d '(.*)'$/s)?.[1]
        ?.replaceAll("'\\''", "'");
      if (body) expect(body.safeParse(JSON.parse(sent ?? '')).error).toBeUndefined();
      else expect(sent).toBeUndefined();
    },
  );
});
