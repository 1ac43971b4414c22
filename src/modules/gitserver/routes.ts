import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpStatusOf } from '../../contract/problem.ts';
import { AppError } from '../../platform/errors.ts';
import { createHosted } from '../../platform/git/index.ts';
import { failureOf } from '../../platform/http/problems.ts';
import { limiter } from '../../platform/limiter.ts';
import { type Credentials, signInByToken } from '../auth/index.ts';
import { findRepository, isHosted, type RepositoryRow } from '../repositories/index.ts';
import { assertSpace } from './assertSpace.ts';
import { assertMaySpeak, assertMayUse, type Service } from './authorise.ts';
import { type AuthenticateJob, type GitUser, readCredentials } from './gitUser.ts';
import { type BackendContext, serveBackend } from './serveBackend.ts';

export interface GitServerContext extends BackendContext {
  readonly credentials: Pick<Credentials, 'machineToken'>;
  /** Who a job's own token belongs to; without it such tokens are unknown. */
  readonly authenticateJob?: AuthenticateJob;
}

const services = { 'git-upload-pack': 'read', 'git-receive-pack': 'push' } as const;
type ServiceName = keyof typeof services;

const backendsAtOnce = 32;
const backendsWaiting = 256;

/**
 * Git over HTTP (gitprotocol-http), as `git http-backend` speaks it: `/git/<repository>.git`, and
 * `/slipway/<repository>`, the place by which workflows know a hosted repository. All other addresses below these
 * are as unknown as anywhere. Answers are texts: git shows those to people.
 */
export async function registerGitRoutes(server: FastifyInstance, context: GitServerContext): Promise<void> {
  const limit = limiter(backendsAtOnce, backendsWaiting, 'clones and pushes');
  await server.register(async (scope) => {
    // Bodies are for git to read.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply));
    const answer = async (name: ServiceName, request: FastifyRequest, reply: FastifyReply) => {
      const { user, repository } = await admit(context, services[name], request);
      await limit(() => serveBackend(context, { name, user, repository }, request, reply));
      return reply;
    };
    const config = { streamsBody: true };
    for (const prefix of ['/git/:repository', '/slipway/:repository']) {
      scope.get(`${prefix}/info/refs`, { exposeHeadRoute: false, config }, (request, reply) =>
        answer(advertised(request), request, reply),
      );
      for (const name of Object.keys(services) as ServiceName[]) {
        scope.post(`${prefix}/${name}`, { config }, (request, reply) => {
          assertBody(name, request);
          return answer(name, request, reply);
        });
      }
    }
  });
}

/** The service whose refs are asked for. The dumb protocol, which names none, is not spoken. */
function advertised(request: FastifyRequest): ServiceName {
  const { service } = request.query as { service?: unknown };
  if (service === 'git-upload-pack' || service === 'git-receive-pack') return service;
  throw new AppError(
    'forbidden',
    'only smart HTTP is spoken here, with git-upload-pack and git-receive-pack',
  );
}

function assertBody(name: ServiceName, { headers }: FastifyRequest): void {
  const expected = `application/x-${name}-request`;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (headers['content-type'] !== expected || !/^(identity|x-gzip|gzip)$/.test(encoding))
    throw new AppError('invalid_input', `send ${expected}, as it is or by gzip`);
}

async function admit(
  context: GitServerContext,
  service: Service,
  request: FastifyRequest,
): Promise<{ user: GitUser; repository: RepositoryRow }> {
  const user = await signIn(context, request);
  assertMaySpeak(user, service);
  const repository = await lookUp(context, user, request);
  assertMayUse(user, service, repository);
  if (isHosted(repository)) await createHosted(context.paths.mirror(repository.id));
  if (service === 'push') await assertSpace(context.paths.root);
  return { user, repository };
}

async function signIn(context: GitServerContext, request: FastifyRequest): Promise<GitUser> {
  const { db, now, credentials, authenticateJob } = context;
  const sent = readCredentials(request.headers.authorization);
  if (sent === undefined) {
    throw new AppError(
      'unauthenticated',
      'sign in with any user name, and an API token as the password: slipway token create NAME',
    );
  }
  if (sent.token.startsWith('slj_')) {
    const job = await authenticateJob?.(sent.token, now());
    if (job === undefined)
      throw new AppError('unauthenticated', 'this token is of a job that has ended, or of none');
    return job;
  }
  return { actor: await signInByToken(db, credentials, now(), { ...sent, ip: request.ip }) };
}

/** A job is not told which other repositories there are. */
async function lookUp(
  { db }: GitServerContext,
  { job }: GitUser,
  request: FastifyRequest,
): Promise<RepositoryRow> {
  const { repository: named } = request.params as { repository: string };
  const foreign = new AppError('forbidden', 'the token of a job opens its own repository only');
  const repository = await findRepository(db, named.replace(/\.git$/, '')).catch((error: unknown) => {
    throw job !== undefined && error instanceof AppError ? foreign : error;
  });
  if (job !== undefined && job.repositoryId !== repository.id) throw foreign;
  return repository;
}

/** A refusal that git shows: `remote: …`. Who sends a body anyway is not listened to. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = failureOf(error, request);
  const retryAfter = failure.details.retry_after_seconds;
  if (typeof retryAfter === 'number') reply.header('retry-after', String(Math.ceil(retryAfter)));
  if (failure.code === 'unauthenticated')
    reply.header('www-authenticate', 'Basic realm="Slipway", charset="UTF-8"');
  if (request.method === 'POST') reply.header('connection', 'close');
  return reply
    .code(httpStatusOf[failure.code])
    .type('text/plain; charset=utf-8')
    .send(`Slipway: ${failure.message}\n`);
}
