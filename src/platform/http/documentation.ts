import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { api } from '../../contract/index.ts';
import { packageVersion } from '../version.ts';
import { type NamedEndpoint, openApiDocument } from './docs/openApi.ts';
import { documentationPage } from './docs/page.ts';
import { apiPrefix, type Router } from './router.ts';

/**
 * Serves what describes the API, to anyone: the OpenAPI document of the endpoints that are registered by
 * then, and a page to read. Both are made at the first request for them.
 */
export function registerDocumentation(
  server: FastifyInstance,
  router: Pick<Router, 'endpoints'>,
  publicUrl: string,
): void {
  const document = once(() =>
    openApiDocument(namedEndpoints(router), { publicUrl, version: packageVersion() }),
  );
  const json = once(() => JSON.stringify(document()));
  const page = once(() => documentationPage(document()));
  const style = once(() => readFileSync(join(import.meta.dirname, 'docs', 'docs.css'), 'utf8'));
  const serve = (path: string, type: string, text: () => string) =>
    server.get(apiPrefix + path, async (_request, reply) => reply.type(type).send(text()));

  serve('/openapi.json', 'application/json; charset=utf-8', json);
  serve('/docs', 'text/html; charset=utf-8', page);
  serve('/docs.css', 'text/css; charset=utf-8', style);
}

function once<Value extends object | string>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function namedEndpoints(router: Pick<Router, 'endpoints'>): NamedEndpoint[] {
  const names = new Map(Object.entries(api).map(([name, endpoint]) => [endpoint as unknown, name]));
  return router.endpoints.map((endpoint) => ({
    name: names.get(endpoint) ?? `${endpoint.method} ${endpoint.path}`,
    endpoint,
  }));
}
