import type { z } from 'zod';

/** Roles in the organization, weakest first. Each may do all that the ones before it may. */
export const roles = ['viewer', 'member', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What a token may be used for. A session may do all that its user's role allows. */
export const scopes = ['read', 'deploy', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/**
 * Who may call an endpoint. There is no default: an endpoint without `access` does not compile.
 * Whether a member belongs to the team of the app in question is decided by the use case.
 */
export type Access =
  | 'public'
  | {
      role: Role;
      scope: Scope;
      /** Lets in the token of a job, too, with one of these permissions to write, for its own repository. */
      job?: readonly string[];
    };

/** A kind of answer that is not one JSON document. */
export type Streaming = 'server-sent-events' | 'bytes';

/** What a call of an operation takes: where it is, and, for the compiler, what goes in and comes back. */
export interface Address<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with `{name}` for parameters. */
  readonly path: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly response?: Response;
}

/** One operation of the HTTP API: the single source of routing, validation, OpenAPI and typed clients. */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> extends Address<Params, Query, Body, Response> {
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly response: Response;
  /** Success status: 200 unless told. */
  readonly status?: 200 | 201 | 202 | 204;
  readonly streams?: Streaming;
  /** The largest body it reads; 2 MiB unless told. */
  readonly bodyLimitBytes?: number;
  /** Accepts an `Idempotency-Key` header: the same key and request answer the first result again. */
  readonly idempotent?: boolean;
}

/** Declares an endpoint, keeping the exact types of its schemas. */
export function endpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Response extends z.ZodType = z.ZodType,
>(definition: Endpoint<Params, Query, Body, Response>): Endpoint<Params, Query, Body, Response> {
  return definition;
}

/** What a caller passes: the parts that the endpoint declares. */
export type CallInput<E> =
  E extends Address<infer P, infer Q, infer B, infer _R>
    ? Part<'params', P> & OptionalPart<'query', Q> & Part<'body', B>
    : never;

/** What the caller gets back. */
export type CallOutput<E> = E extends Address<infer _P, infer _Q, infer _B, infer R> ? z.output<R> : never;

type Part<Name extends string, Schema extends z.ZodType> = Schema extends z.ZodUndefined
  ? { [K in Name]?: undefined }
  : { [K in Name]: z.input<Schema> };
type OptionalPart<Name extends string, Schema extends z.ZodType> = Schema extends z.ZodUndefined
  ? { [K in Name]?: undefined }
  : { [K in Name]?: z.input<Schema> };
