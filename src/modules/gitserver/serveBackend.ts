import type { Socket } from 'node:net';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GitProcess, startGit } from '../../platform/git/index.ts';
import type { Logger } from '../../platform/log.ts';
import type { RepositoryRow } from '../repositories/index.ts';
import { readCgiHead } from './cgi.ts';
import { describePush } from './describePush.ts';
import type { GitUser } from './gitUser.ts';
import { type RecordContext, recordPush } from './recordPush.ts';
import { serverConfig } from './serverConfig.ts';
import { sideBandMessage } from './sideBand.ts';

export interface BackendContext extends RecordContext {
  readonly log: Logger;
  readonly publicUrl: string;
  /** Of one push, where the repository does not say. */
  readonly pushLimitBytes: number;
  /** After so long without a byte in either direction the connection ends; two minutes by default. */
  readonly stallMs?: number;
}

export interface Exchange {
  readonly name: 'git-upload-pack' | 'git-receive-pack';
  readonly user: GitUser;
  readonly repository: RepositoryRow;
}

const defaultStallMs = 120_000;
const noTimeoutMs = 2 ** 31 - 1;

/**
 * Has `git http-backend` answer a request, streaming in both directions. It ends with its client. What was pushed is
 * recorded before the client is told that it was, and also when the client has left.
 */
export async function serveBackend(
  context: BackendContext,
  exchange: Exchange,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { raw: response } = reply;
  if (response.destroyed) return;
  const gone = new AbortController();
  const backend = startGit(['http-backend'], {
    env: environmentOf(context, exchange, request),
    input: request.method === 'POST' ? request.raw : '',
    signal: gone.signal,
    timeoutMs: noTimeoutMs,
  });
  const ended = backend.ended.catch((error: unknown) => {
    if (!gone.signal.aborted) context.log.warn({ err: error }, 'git http-backend failed');
  });
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const receives = exchange.name === 'git-receive-pack' && request.method === 'POST';
  const record = receives ? recordOnce(context, exchange) : async () => [];
  const stopWatching = endWhenStalled(request.raw.socket, context.stallMs ?? defaultStallMs);
  try {
    await relay(backend, reply, receives ? [sideBandMessage(record)] : []);
  } catch (error) {
    if (!response.headersSent && !response.destroyed) throw error;
    response.destroy();
  } finally {
    stopWatching();
    await ended;
    await record();
  }
}

function environmentOf(
  context: BackendContext,
  { name, user, repository }: Exchange,
  request: FastifyRequest,
): Record<string, string> {
  const { headers, method } = request;
  const directory = context.paths.mirror(repository.id);
  const protocol = headers['git-protocol'];
  return {
    ...serverConfig(repository.config.push_limit_bytes ?? context.pushLimitBytes),
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: method === 'GET' ? '/info/refs' : `/${name}`,
    QUERY_STRING: method === 'GET' ? `service=${name}` : '',
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    REMOTE_USER: user.actor.name,
    REMOTE_ADDR: request.ip,
    ...(typeof protocol === 'string' && /^[\w=:.-]{1,200}$/.test(protocol) ? { GIT_PROTOCOL: protocol } : {}),
  };
}

/** Records the push the first time that it is called; answers what to tell of it. A failure is found later. */
function recordOnce(
  context: BackendContext,
  { user, repository }: Exchange,
): () => Promise<readonly string[]> {
  let recorded: Promise<readonly string[]> | undefined;
  const record = async (): Promise<readonly string[]> => {
    try {
      const changes = await recordPush(context, repository.id, user.actor);
      return describePush(changes, repository.name, context.publicUrl);
    } catch (error) {
      context.log.error({ err: error, repository: repository.name }, 'a push was taken and not recorded');
      return [
        'Slipway: your push is safe, but was not recorded yet; what it starts will start a little later',
      ];
    }
  };
  return () => {
    recorded ??= record();
    return recorded;
  };
}

async function relay(backend: GitProcess, reply: FastifyReply, through: readonly Transform[]): Promise<void> {
  const { status, headers } = await readCgiHead(backend.stdout);
  const response = reply.raw;
  reply.hijack();
  response.writeHead(status, [...headers, ['x-request-id', reply.request.id]].flat());
  await pipeline([backend.stdout, ...through, response]);
}

/** Ends a connection on which nothing moves for so long; answers how to stop looking. Git says something every 5 s. */
function endWhenStalled(socket: Socket, stallMs: number): () => void {
  let moved = 0;
  let since = performance.now();
  const look = setInterval(() => {
    const now = socket.bytesRead + socket.bytesWritten;
    if (now !== moved) since = performance.now();
    else if (performance.now() - since >= stallMs) socket.destroy();
    moved = now;
  }, stallMs / 4);
  return () => clearInterval(look);
}
