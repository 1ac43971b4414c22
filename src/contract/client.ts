import { createParser } from 'eventsource-parser';
import type { CallInput, CallOutput, Endpoint } from './endpoint.ts';
import { Problem } from './problem.ts';

// biome-ignore lint/suspicious/noExplicitAny: a supertype of every endpoint; each use infers its own.
type AnyEndpoint = Endpoint<any, any, any, any>;

/** The server refused: what it said, as a problem. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** The server could not be reached at all. */
export class UnreachableError extends Error {
  constructor(url: string, cause: unknown) {
    super(`Slipway cannot be reached at ${url}`, { cause });
    this.name = 'UnreachableError';
  }
}

export interface ClientOptions {
  /** Origin of the server, with its path prefix if it has one. */
  readonly baseUrl: string;
  readonly headers?: Record<string, string>;
  readonly fetch?: typeof fetch;
}

export interface CallExtras {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: unknown;
}

/** A client of the HTTP API, typed by the endpoints. */
export interface Client {
  call<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>, extras?: CallExtras): Promise<CallOutput<E>>;
  /** The raw response of a `bytes` endpoint. */
  fetchRaw<E extends AnyEndpoint>(
    endpoint: E,
    input: CallInput<E>,
    extras?: CallExtras & { headers?: Record<string, string> },
  ): Promise<Response>;
  /** Server-sent events of one connection. Ends when the connection does; the caller decides about the next. */
  stream<E extends AnyEndpoint>(
    endpoint: E,
    input: CallInput<E>,
    extras?: CallExtras & { lastEventId?: string | undefined },
  ): AsyncGenerator<StreamEvent, void, void>;
}

/** Creates a client. */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? fetch;

  async function request(
    endpoint: AnyEndpoint,
    input: AnyInput,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response> {
    const url = urlOf(options.baseUrl, endpoint, input);
    const init: RequestInit = { method: endpoint.method, headers: { ...options.headers, ...headers } };
    if (signal) init.signal = signal;
    if (input.body !== undefined) {
      init.body = JSON.stringify(input.body);
      init.headers = { ...init.headers, 'content-type': 'application/json' };
    }
    const response = await send(url, init).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new UnreachableError(options.baseUrl, error);
    });
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  return {
    async call(endpoint, input, extras = {}) {
      const headers: Record<string, string> = extras.idempotencyKey
        ? { 'idempotency-key': extras.idempotencyKey }
        : {};
      const response = await request(endpoint, input as AnyInput, headers, extras.signal);
      return (response.status === 204 ? undefined : await response.json()) as CallOutput<typeof endpoint>;
    },
    fetchRaw: (endpoint, input, extras = {}) =>
      request(endpoint, input as AnyInput, extras.headers ?? {}, extras.signal),
    async *stream(endpoint, input, extras = {}) {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (extras.lastEventId !== undefined) headers['last-event-id'] = extras.lastEventId;
      const response = await request(endpoint, input as AnyInput, headers, extras.signal);
      yield* parseEvents(response);
    },
  };
}

interface AnyInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

function urlOf(baseUrl: string, endpoint: AnyEndpoint, input: AnyInput): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const suffix = query.size > 0 ? `?${query}` : '';
  return `${baseUrl.replace(/\/$/, '')}/api/v1${path}${suffix}`;
}

async function problemOf(response: Response): Promise<ApiError> {
  const text = await response.text();
  const parsed = Problem.safeParse(safeJson(text));
  if (parsed.success) return new ApiError(parsed.data);
  return new ApiError({
    status: response.status,
    code: 'internal',
    title: response.statusText,
    detail: `the server answered ${response.status} ${response.statusText} and no problem body; is this a Slipway server?`,
    request_id: '',
    details: {},
  });
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function* parseEvents(response: Response): AsyncGenerator<StreamEvent, void, void> {
  const ready: StreamEvent[] = [];
  const parser = createParser({
    onEvent: (event) =>
      ready.push({ id: event.id, event: event.event ?? 'message', data: safeJson(event.data) }),
  });
  const decoder = new TextDecoder();
  if (response.body === null) return;
  for await (const bytes of response.body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* ready.splice(0);
  }
}
