import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../platform/errors.ts';
import { type GitProcess, startGit } from '../../platform/git/index.ts';
import type { Logger } from '../../platform/log.ts';
import type { RepositoryRow } from '../repositories/index.ts';
import { readCgiHead } from './cgi.ts';
import { describePush, explainRefusal } from './describePush.ts';
import { endWhenStalled } from './endWhenStalled.ts';
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
    await relay(
      backend,
      reply,
      receives ? [sideBandMessage(tellWith(record, limitOf(context, exchange)))] : [],
    );
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
  exchange: Exchange,
  request: FastifyRequest,
): Record<string, string> {
  const { name, user, repository } = exchange;
  const { headers, method } = request;
  const directory = context.paths.mirror(repository.id);
  const protocol = headers['git-protocol'];
  return {
    ...serverConfig(limitOf(context, exchange)),
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

const limitOf = ({ pushLimitBytes }: BackendContext, { repository }: Exchange): number =>
  repository.config.push_limit_bytes ?? pushLimitBytes;

/** All that is said to who pushed, beside what git says: why it was refused, or where to see what starts. */
const tellWith = (record: () => Promise<readonly string[]>, limitBytes: number) => async (said: string) => [
  ...explainRefusal(said, limitBytes),
  ...(await record()),
];

/** Records the push the first time that it is called; answers what to tell of it. A failure is found later. */
function recordOnce(
  context: BackendContext,
  { user, repository }: Exchange,
): () => Promise<readonly string[]> {
  let recorded: Promise<readonly string[]> | undefined;
  const record = async (): Promise<readonly string[]> => {
    try {
      const changes = await recordPush(context, repository.id, user.actor, {
        startsNothing: user.job !== undefined,
      });
      return describePush(changes, repository.name, context.publicUrl);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return [`Slipway: ${error.message}`];
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
