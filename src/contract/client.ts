import { createParser } from 'eventsource-parser';
import type { Address, CallInput, CallOutput } from './endpoint.ts';
import { isProblem, type Problem } from './problem.ts';

// biome-ignore lint/suspicious/noExplicitAny: a supertype of every endpoint; each use infers its own.
type AnyEndpoint = Address<any, any, any, any>;

/** The server refused: what it said, as a problem. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** The server could not be reached, or the connection broke before its answer was complete. */
export class UnreachableError extends Error {
  constructor(url: string, cause: unknown) {
    super(`Slipway cannot be reached at ${url} (${reasonOf(cause)})`, { cause });
    this.name = 'UnreachableError';
  }
}

export interface ClientOptions {
  /** Origin of the server, with its path prefix if it has one. */
  readonly baseUrl: string;
  readonly headers?: Record<string, string>;
  readonly fetch?: typeof fetch;
  /** How long a call may take that answers one document. Default: a minute. */
  readonly timeoutMs?: number;
}

export interface CallExtras {
  readonly idempotencyKey?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** A body that is sent as it is. */
  readonly bytes?: Uint8Array;
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
  fetchRaw<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>, extras?: CallExtras): Promise<Response>;
  /**
   * Server-sent events of one connection. Ends when the server ends it, throws UnreachableError when it breaks
   * or falls silent; the caller decides about the next.
   */
  stream<E extends AnyEndpoint>(
    endpoint: E,
    input: CallInput<E>,
    extras?: CallExtras & { lastEventId?: string | undefined },
  ): AsyncGenerator<StreamEvent, void, void>;
}

const defaultTimeoutMs = 60_000;
/** Three heartbeats of the server: a connection that is quiet for longer is dead, whatever TCP believes. */
const silenceMs = 45_000;

/** Creates a client. */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, timeoutMs = defaultTimeoutMs } = options;

  async function request(endpoint: AnyEndpoint, input: AnyInput, extras: CallExtras): Promise<Response> {
    const send = options.fetch ?? fetch;
    const response = await send(urlOf(baseUrl, endpoint, input), requestOf(endpoint, input, extras, options));
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  return {
    async call(endpoint, input, extras = {}) {
      const signal = anySignal(AbortSignal.timeout(timeoutMs), extras.signal);
      try {
        const response = await request(endpoint, input as AnyInput, { ...extras, signal });
        return documentOf(response, await response.text()) as CallOutput<typeof endpoint>;
      } catch (error) {
        throw explain(error, baseUrl, extras.signal);
      }
    },
    async fetchRaw(endpoint, input, extras = {}) {
      try {
        return await request(endpoint, input as AnyInput, extras);
      } catch (error) {
        throw explain(error, baseUrl, extras.signal);
      }
    },
    async *stream(endpoint, input, extras = {}) {
      const watchdog = watchSilence();
      const signal = anySignal(watchdog.signal, extras.signal);
      const headers = { ...extras.headers, ...streamHeaders(extras.lastEventId) };
      watchdog.watch();
      try {
        const response = await request(endpoint, input as AnyInput, { ...extras, headers, signal });
        yield* parseEvents(response, watchdog);
      } catch (error) {
        throw explain(error, baseUrl, extras.signal);
      } finally {
        watchdog.rest();
      }
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

/** Redirects are not followed: a POST would arrive as a GET, and credentials at another server. */
function requestOf(
  endpoint: AnyEndpoint,
  input: AnyInput,
  extras: CallExtras,
  options: ClientOptions,
): RequestInit {
  const headers: Record<string, string> = { ...options.headers, ...extras.headers };
  if (extras.idempotencyKey) headers['idempotency-key'] = extras.idempotencyKey;
  const init: RequestInit = { method: endpoint.method, headers, redirect: 'manual' };
  if (extras.signal) init.signal = extras.signal;
  if (extras.bytes !== undefined) {
    headers['content-type'] = 'application/octet-stream';
    return { ...init, body: extras.bytes as Uint8Array<ArrayBuffer> };
  }
  if (input.body === undefined) return init;
  headers['content-type'] = 'application/json';
  return { ...init, body: JSON.stringify(input.body) };
}

const streamHeaders = (lastEventId: string | undefined): Record<string, string> => ({
  accept: 'text/event-stream',
  ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
});

const anySignal = (own: AbortSignal, callers: AbortSignal | undefined): AbortSignal =>
  callers === undefined ? own : AbortSignal.any([own, callers]);

/** What the caller aborted stays an abort; what the server said stays; all else means it cannot be reached. */
function explain(error: unknown, baseUrl: string, callers: AbortSignal | undefined): unknown {
  if (callers?.aborted || error instanceof ApiError) return error;
  return new UnreachableError(baseUrl, error);
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  UND_ERR_SOCKET: 'connection lost',
  EPIPE: 'connection lost',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its name cannot be looked up',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no network',
  ETIMEDOUT: 'no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; name it in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is unknown; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is unknown; name it in NODE_EXTRA_CA_CERTS',
};

/** The innermost known cause in words: `fetch failed` alone helps nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  if (error.message === 'terminated') return 'connection lost';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const known = code === undefined ? undefined : reasons[code];
  if (known !== undefined) return known;
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message || (code ?? error.name);
}

function documentOf(response: Response, text: string): unknown {
  if (response.status === 204) return undefined;
  const document = safeJson(text);
  if (document === undefined) throw new ApiError(foreignAnswer(response, 'something that is not JSON'));
  return document;
}

async function problemOf(response: Response): Promise<ApiError> {
  const answer = safeJson(await response.text());
  if (isProblem(answer)) return new ApiError(answer);
  const location = response.headers.get('location');
  const what = `${response.status} ${response.statusText}`.trim();
  return new ApiError(
    foreignAnswer(response, location === null ? what : `${what} and points to ${location}; use that address`),
  );
}

const foreignAnswer = (response: Response, what: string): Problem => ({
  status: response.status,
  code: 'upstream_failed',
  title: 'Not an answer of Slipway',
  detail: `${new URL(response.url).origin} answers ${what}. Is there a Slipway at this address?`,
  request_id: '',
  details: {},
});

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Watchdog {
  readonly signal: AbortSignal;
  watch(): void;
  rest(): void;
}

/** Aborts its signal when it has watched for longer than heartbeats take. */
function watchSilence(): Watchdog {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    signal: controller.signal,
    watch: () => {
      timer = setTimeout(() => controller.abort(new Error('no sign of life')), silenceMs);
    },
    rest: () => clearTimeout(timer),
  };
}

/** Silence is measured only while waiting for bytes: a consumer may take its time. */
async function* parseEvents(response: Response, watchdog: Watchdog): AsyncGenerator<StreamEvent, void, void> {
  const ready: StreamEvent[] = [];
  const parser = createParser({
    onEvent: (event) =>
      ready.push({ id: event.id, event: event.event ?? 'message', data: safeJson(event.data) }),
  });
  const decoder = new TextDecoder();
  if (response.body === null) return;
  for await (const bytes of response.body) {
    watchdog.rest();
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* ready.splice(0);
    watchdog.watch();
  }
}
