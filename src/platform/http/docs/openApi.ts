import { z } from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverrideContext,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { csrfHeader, sessionCookie } from '../../../contract/accounts.ts';
import type { Access } from '../../../contract/endpoint.ts';
import { type ErrorCode, errorCodes, httpStatusOf } from '../../../contract/problem.ts';
import { ProblemSchema } from '../../../contract/problemSchema.ts';
import { type AnyEndpoint, apiPrefix, strict } from '../router.ts';
import { overview } from './overview.ts';

/** An endpoint under the name it has in the contract. */
export interface NamedEndpoint {
  readonly name: string;
  readonly endpoint: AnyEndpoint;
}

/** Who may call an operation, in its `x-slipway-access`: `public`, or the weakest role and the scope it takes. */
export const accessExtension = 'x-slipway-access';

/** The OpenAPI 3.1 document of endpoints, made of the schemas that validate their requests and answers. */
export function openApiDocument(
  endpoints: readonly NamedEndpoint[],
  options: { publicUrl: string; version: string },
): oas31.OpenAPIObject {
  return createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Slipway', version: options.version, description: overview },
      servers: [{ url: options.publicUrl + apiPrefix }],
      tags: tagsOf(endpoints),
      paths: pathsOf(endpoints),
      components: { securitySchemes, responses: problemResponses() },
    },
    { override: describesWhatIsThere },
  );
}

/** In the order in which a newcomer wants to know them; those of a new tag come last. */
const tagOrder = ['Deploys', 'Logs', 'Locks', 'Apps', 'Repositories', 'System', 'Accounts'];

function tagsOf(endpoints: readonly NamedEndpoint[]): { name: string }[] {
  const used = new Set(endpoints.map(({ endpoint }) => endpoint.tag));
  return [...new Set([...tagOrder.filter((tag) => used.has(tag)), ...used])].map((name) => ({ name }));
}

function pathsOf(endpoints: readonly NamedEndpoint[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const { name, endpoint } of endpoints) {
    const method = endpoint.method.toLowerCase() as Lowercase<AnyEndpoint['method']>;
    paths[endpoint.path] = { ...paths[endpoint.path], [method]: operationOf(name, endpoint) };
  }
  return paths;
}

function operationOf(name: string, endpoint: AnyEndpoint): ZodOpenApiOperationObject {
  return {
    operationId: name,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    security: securityOf(endpoint),
    [accessExtension]: endpoint.access,
    requestParams: {
      ...(endpoint.params ? { path: objectOf(endpoint.params) } : {}),
      ...(endpoint.query ? { query: objectOf(endpoint.query) } : {}),
      header: headersOf(endpoint),
    },
    ...(endpoint.body ? { requestBody: requestBodyOf(endpoint.body) } : {}),
    responses: { ...successOf(endpoint), ...problemsOf(endpoint) },
  };
}

function objectOf(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new Error('parameters of an endpoint are an object schema');
}

/** A session must prove that its own page sends the request; a token need not. */
function securityOf({ access, method }: AnyEndpoint): oas31.SecurityRequirementObject[] {
  if (access === 'public') return [];
  const session = method === 'GET' ? { session: [] } : { session: [], csrf: [] };
  return [{ bearer: [] }, session];
}

const securitySchemes: Record<string, oas31.SecuritySchemeObject> = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token: `slipway token create NAME`, or `POST /tokens`.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookie,
    description: 'The session of a browser, by `POST /session`.',
  },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: csrfHeader,
    description:
      'The `csrf_token` of `GET /session`, with every request of a session that changes something.',
  },
};

function headersOf(endpoint: AnyEndpoint): z.ZodObject {
  return z.object({
    ...(endpoint.idempotent ? { 'Idempotency-Key': idempotencyKey } : {}),
    ...(endpoint.streams === 'server-sent-events' ? { 'Last-Event-ID': lastEventId } : {}),
    ...(endpoint.streams === 'bytes' ? { Range: range } : {}),
  });
}

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .optional()
  .meta({
    description: 'The same key and request within a day answer the first result again, and do nothing twice.',
  });
const lastEventId = z
  .string()
  .regex(/^\d{1,15}$/)
  .optional()
  .meta({ description: 'The id of the last event seen: the stream goes on after it.' });
const range = z.string().optional().meta({ description: 'One range of bytes, such as `bytes=1000-`.' });

function requestBodyOf(body: z.ZodType) {
  return {
    required: !body.safeParse({}).success,
    content: { 'application/json': { schema: strict(body) } },
  };
}

function successOf({ status = 200, streams, response: schema }: AnyEndpoint): ZodOpenApiResponsesObject {
  if (streams === 'bytes') return bytesResponses(schema);
  if (streams === 'server-sent-events') {
    const description = 'Server-sent events; the `data` of each is JSON of this shape.';
    return { [`${status}`]: { description, content: { 'text/event-stream': { schema } } } };
  }
  if (schema instanceof z.ZodUndefined) return { [`${status}`]: { description: 'Done; there is no body.' } };
  return { [`${status}`]: { description: 'Done.', content: { 'application/json': { schema } } } };
}

function bytesResponses(schema: z.ZodType): ZodOpenApiResponsesObject {
  const content = { 'text/plain': { schema } };
  return {
    '200': { description: 'All bytes.', content },
    '206': { description: 'The range that was asked for.', content },
    '416': { description: 'The range begins behind the last byte.' },
  };
}

/** The problems that follow from how an endpoint is declared; any other comes as `default`. */
function problemsOf(endpoint: AnyEndpoint): ZodOpenApiResponsesObject {
  const { access, params, query, body, method, idempotent } = endpoint;
  const codes: ErrorCode[] = [
    ...when(params || query || body || idempotent, 'invalid_input'),
    ...codesByAccess(access),
    ...when(params, 'not_found'),
    ...when(method !== 'GET' && access !== 'public', 'conflict'),
    ...when(body, 'payload_too_large'),
  ];
  const refs = codes.map((code) => [httpStatusOf[code], { $ref: `#/components/responses/${code}` }]);
  return { ...Object.fromEntries(refs), default: { $ref: '#/components/responses/problem' } };
}

/** A public endpoint looks at credentials itself, so it may refuse them. */
const codesByAccess = (access: Access): ErrorCode[] =>
  access === 'public' ? ['unauthenticated', 'rate_limited'] : ['unauthenticated', 'forbidden'];

const when = (condition: unknown, code: ErrorCode): ErrorCode[] => (condition ? [code] : []);

function problemResponses() {
  const content = { 'application/problem+json': { schema: ProblemSchema } };
  const named = errorCodes.map((code) => [code, { description: `\`${code}\``, content }]);
  return { ...Object.fromEntries(named), problem: { description: 'Any other problem.', content } };
}

/**
 * Answers may grow: that they have no other property is no promise. And the bounds of exact numbers in
 * JavaScript say nothing about an API.
 */
function describesWhatIsThere({ jsonSchema, io }: ZodOpenApiOverrideContext): void {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
