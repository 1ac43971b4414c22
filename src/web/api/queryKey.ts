import type { CallInput, Endpoint } from '../../contract/endpoint.ts';

// biome-ignore lint/suspicious/noExplicitAny: a supertype of every endpoint; each use infers its own.
export type AnyEndpoint = Endpoint<any, any, any, any>;

/** Under which the answer of a call is kept: the endpoint's path, then what was asked. */
export type QueryKey = readonly [path: string, params: Values, query: Values, ...more: string[]];
type Values = Readonly<Record<string, unknown>>;

/** The key of a call. `keyOf(api.listDeploys, {})` without a query is not a prefix of those with one; see `keysOf`. */
export function keyOf<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>): QueryKey {
  const { params = {}, query = {} } = input as { params?: Values; query?: Values };
  return [endpoint.path, params, query];
}

/** The key that all calls of an endpoint have in common, to invalidate them. */
export const keysOf = (endpoint: AnyEndpoint): readonly [string] => [endpoint.path];
