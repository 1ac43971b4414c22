import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export type GitHttpServer = {
  /** `http://127.0.0.1:port`; repositories lie below it as below `root`. */
  readonly url: string;
  /** `Authorization` headers as they came in; undefined for requests without. */
  readonly authorizations: (string | undefined)[];
  /** Fulfilled when a response has been held back by `stallAfterBytes`. */
  readonly stalled: Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type GitHttpOptions = {
  /** The directory with the repositories. */
  root: string;
  /** Demanded as the password of basic authentication. */
  token?: string;
  /** Answers every request with a redirect to this origin. */
  redirectTo?: string;
  /** Sends that much of each answer to a fetch, then goes silent and keeps the connection. */
  stallAfterBytes?: number;
  /** Answers every request with this status and a page for browsers. */
  status?: number;
};

/** Serves repositories over real smart HTTP: Node's server in front of `git http-backend`. */
export async function serveGitHttp(options: GitHttpOptions): Promise<GitHttpServer> {
  const authorizations: (string | undefined)[] = [];
  const { promise: stalled, resolve: reportStall } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    if (options.status !== undefined)
      response.writeHead(options.status).end('<!doctype html>\n<title>Hello</title>\n');
    else if (options.redirectTo !== undefined) {
      response.writeHead(302, { location: `${options.redirectTo}${request.url}` }).end();
    } else if (!isAuthorized(request, options.token)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    } else serve(request, response, options, reportStall);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    stalled,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isAuthorized(request: IncomingMessage, token: string | undefined): boolean {
  if (token === undefined) return true;
  const [, encoded = ''] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString().endsWith(`:${token}`);
}

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: GitHttpOptions,
  reportStall: () => void,
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH ?? '',
      GIT_CONFIG_GLOBAL: join(import.meta.dirname, '../../src/platform/git/gitconfig'),
      GIT_PROJECT_ROOT: options.root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  const limit = request.method === 'POST' ? options.stallAfterBytes : undefined;
  relay(backend.stdout, response, limit, reportStall);
}

/** Reads the CGI head, then passes the body on, up to a limit. */
function relay(
  output: NodeJS.ReadableStream,
  response: ServerResponse,
  limit: number | undefined,
  reportStall: () => void,
): void {
  let head: Buffer | null = Buffer.alloc(0);
  let sent = 0;
  const send = (body: Buffer) => {
    const part = body.subarray(0, Math.max(0, (limit ?? Number.POSITIVE_INFINITY) - sent));
    sent += part.length;
    if (part.length > 0) response.write(part);
    if (sent === limit) reportStall();
  };
  output.on('data', (chunk: Buffer) => {
    if (head === null) return send(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) return;
    writeHead(response, head.subarray(0, end).toString());
    const body = head.subarray(end + 4);
    head = null;
    send(body);
  });
  output.on('end', () => {
    if (limit === undefined || sent < limit) response.end();
  });
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/s);
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.writeHead(status);
}
