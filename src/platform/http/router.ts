import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CallOutput, Endpoint } from '../../contract/endpoint.ts';
import { type Actor, assertAccess } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { once } from './idempotency.ts';
import { firstProblems } from './problems.ts';

/** What a handler is given: parsed input, who asks, and the raw request for what the contract cannot say. */
export interface Call<E> {
  readonly params: Part<E, 'params'>;
  readonly query: Part<E, 'query'>;
  readonly body: Part<E, 'body'>;
  /** The caller; for public endpoints an anonymous stand-in that may do nothing. */
  readonly actor: Actor;
  readonly now: Date;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
type Part<E, Name extends 'params' | 'query' | 'body'> = E extends { readonly [K in Name]?: infer Schema }
  ? NonNullable<Schema> extends z.ZodType
    ? z.output<NonNullable<Schema>>
    : undefined
  : undefined;

// biome-ignore lint/suspicious/noExplicitAny: a supertype of every endpoint; each use infers its own.
export type AnyEndpoint = Endpoint<any, any, any, any>;

/** Registers handlers for endpoints of the contract. Nothing else may register a route under `/api/v1`. */
export interface Router {
  /** An endpoint that answers one JSON document. */
  add<E extends AnyEndpoint>(endpoint: E, handler: (call: Call<E>) => Promise<CallOutput<E>>): void;
  /** An `idempotent` endpoint: its work and the record of its answer commit in the one transaction `tx`. */
  addOnce<E extends AnyEndpoint>(
    endpoint: E,
    handler: (call: Call<E>, tx: Tx) => Promise<CallOutput<E>>,
  ): void;
  /** An endpoint that streams; the handler writes the reply itself. */
  addStream<E extends AnyEndpoint>(endpoint: E, handler: (call: Call<E>) => Promise<unknown>): void;
  readonly endpoints: readonly AnyEndpoint[];
}

export interface RouterOptions {
  readonly db: Db;
  readonly now: () => Date;
  /** Who sends this request? Undefined when nobody is signed in; throws when credentials are wrong. */
  authenticate(request: FastifyRequest): Promise<Actor | undefined>;
  /** Check every answer against the contract. On in tests; it costs time. */
  readonly validateResponses: boolean;
}

export const apiPrefix = '/api/v1';

/** A router over `server`. Deny by default: each endpoint states its access, and it is checked first. */
export function createRouter(server: FastifyInstance, options: RouterOptions): Router {
  const endpoints: AnyEndpoint[] = [];

  function register<E extends AnyEndpoint>(
    endpoint: E,
    answer: (call: Call<E>) => Promise<{ status: number; body: unknown } | undefined>,
  ): void {
    endpoints.push(endpoint);
    const parse = inputParser(endpoint);
    server.route({
      method: endpoint.method,
      url: apiPrefix + endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
      // The answer to HEAD would have to end, and a stream of events does not.
      exposeHeadRoute: endpoint.streams !== 'server-sent-events',
      ...(endpoint.bodyLimitBytes === undefined ? {} : { bodyLimit: endpoint.bodyLimitBytes }),
      handler: async (request, reply) => {
        const actor = await authorise(endpoint, request, options);
        const result = await answer({
          ...parse(request),
          actor,
          now: options.now(),
          request,
          reply,
        } as Call<E>);
        if (result === undefined) return reply;
        if (options.validateResponses) assertResponse(endpoint, result.body);
        return reply.code(result.status).send(result.body);
      },
    });
  }

  return {
    endpoints,
    add: (endpoint, handler) =>
      register(endpoint, async (call) => ({ status: endpoint.status ?? 200, body: await handler(call) })),
    addOnce: (endpoint, handler) =>
      register(endpoint, (call) =>
        once(options.db, call, async (tx) => ({
          status: endpoint.status ?? 200,
          body: await handler(call, tx),
        })),
      ),
    addStream: (endpoint, handler) =>
      register(endpoint, async (call) => {
        await handler(call);
        return undefined;
      }),
  };
}

const nobody: Actor = {
  kind: 'user',
  id: null,
  name: 'nobody',
  role: 'viewer',
  scopes: [],
  teams: [],
  ip: null,
};

async function authorise(
  endpoint: AnyEndpoint,
  request: FastifyRequest,
  options: RouterOptions,
): Promise<Actor> {
  if (endpoint.access === 'public') return { ...nobody, ip: request.ip };
  const actor = await options.authenticate(request);
  if (actor === undefined) {
    throw new AppError(
      'unauthenticated',
      'sign in first, or send an API token: `Authorization: Bearer slp_…` (slipway token create NAME)',
    );
  }
  assertAccess(actor, endpoint.access);
  return actor;
}

function inputParser(endpoint: AnyEndpoint) {
  const params = strict(endpoint.params ?? nothing);
  const query = strict(endpoint.query ?? nothing);
  const body = strict(endpoint.body ?? nothing);
  return (request: FastifyRequest) => ({
    params: parsePart('path', params, request.params),
    query: parsePart('query', query, request.query),
    body: parsePart('body', body, request.body ?? {}),
  });
}

const nothing = z.object({});

/** Unknown keys are errors: a misspelt option must not be ignored in silence. */
export function strict(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}

function parsePart(where: string, schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success && isStorable(parsed.data)) return parsed.data;
  const problems = parsed.success ? [unstorable(where)] : firstProblems(where, parsed.error);
  throw new AppError('invalid_input', problems.map((p) => `${p.where}: ${p.message}`).join('; '), {
    problems,
  });
}

/** PostgreSQL takes neither NUL characters nor halves of surrogate pairs. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable);
}

const unstorable = (where: string) => ({
  where,
  message: 'text has a character that is none (NUL, or half a pair)',
});

function assertResponse(endpoint: AnyEndpoint, body: unknown): void {
  const parsed = endpoint.response.safeParse(body);
  if (parsed.success) return;
  throw new Error(
    `${endpoint.method} ${endpoint.path} answers something else than its contract: ${parsed.error.message}`,
  );
}
