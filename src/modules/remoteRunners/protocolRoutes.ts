import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Address } from '../../contract/endpoint.ts';
import type { JobGateway } from '../../contract/jobs.ts';
import type { Lease } from '../../contract/runner.ts';
import { runnerProtocol as protocol } from '../../contract/runnerProtocol.ts';
import { leaseHeader, servicesPath, timesHeader } from '../../contract/runnerWire.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventFeed } from '../../platform/events/eventFeed.ts';
import { firstProblems } from '../../platform/http/problems.ts';
import type { Logger } from '../../platform/log.ts';
import { leaseSeconds } from '../runners/index.ts';
import { findLeasedJob } from '../runs/index.ts';
import { announceRunner } from './announceRunner.ts';
import { createJobLogs } from './jobLogs.ts';
import type { JobServices } from './jobServices.ts';
import { createListeners } from './listeners.ts';
import { readPieces } from './readPieces.ts';
import { isRunnerOf, noteAddress } from './store.ts';
import { authenticateRunner } from './tokens.ts';

export interface RunnerProtocolContext {
  readonly db: Db;
  readonly now: () => Date;
  readonly feed: EventFeed;
  readonly log: Logger;
  readonly shutdown: AbortSignal;
  readonly gateway: JobGateway;
  readonly services: JobServices;
  jobLog(jobId: number): string;
}

const bodyLimitBytes = 32 * 1024 * 1024;

/**
 * The door of runners on other machines. It is no part of the API for people: a runner's token opens this and nothing
 * else, and theirs do not open this. Each call sees the jobs that its runner has leased, and no others.
 */
export async function registerRunnerProtocol(
  server: FastifyInstance,
  context: RunnerProtocolContext,
): Promise<void> {
  const { db, now, gateway } = context;
  const listeners = createListeners(context);
  const logs = createJobLogs(context.jobLog, now);
  server.addHook('onClose', async () => {
    await Promise.all([listeners.close(), logs.close(), context.services.close()]);
  });
  const admitted = new WeakMap<FastifyRequest, ReturnType<typeof authenticateRunner>>();
  /** Once a request, and before anything of it is read. */
  function admit(request: FastifyRequest) {
    const known = admitted.get(request) ?? authenticateRunner(db, now(), request.headers.authorization);
    admitted.set(request, known);
    return known;
  }

  /** The runner that calls: one that is not known, or not any more, announces itself again. */
  async function runnerOf(request: FastifyRequest): Promise<string> {
    const { id: tokenId } = await admit(request);
    const { id } = parse(protocol.goodbye.params, request.params);
    if (!(await isRunnerOf(db, tokenId, id)))
      throw new AppError('not_found', 'this runner is not announced here, or not any more');
    return id;
  }

  async function leaseOf(request: FastifyRequest): Promise<Lease> {
    const { id: tokenId } = await admit(request);
    return (await leasedJob(tokenId, request)).lease;
  }

  async function leasedJob(tokenId: number, request: FastifyRequest) {
    const lease = leaseIn(request);
    const job = await findLeasedJob(db, tokenId, lease);
    if (job === undefined)
      throw new AppError('not_found', 'this job is not leased by this runner, or not any more');
    return { lease, job };
  }

  await server.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    const on = <
      Params extends z.ZodType,
      Query extends z.ZodType,
      Body extends z.ZodType,
      Response extends z.ZodType,
    >(
      address: Address<Params, Query, Body, Response>,
      handler: (request: FastifyRequest, body: z.output<Body>) => Promise<z.input<Response>>,
    ): void =>
      void scope.route({
        method: address.method,
        url: `/api/v1${address.path.replace(/\{(\w+)\}/g, ':$1')}`,
        exposeHeadRoute: false,
        bodyLimit: bodyLimitBytes,
        handler: async (request, reply) => {
          await admit(request);
          const body = address.body === undefined ? undefined : parse(address.body, request.body);
          const answer = await handler(request, body as z.output<Body>);
          return answer === undefined ? reply.code(204).send() : reply.send(answer);
        },
      });

    on(protocol.register, async (request, body) => {
      const token = await admit(request);
      const { id } = parse(protocol.register.params, request.params);
      const labels = await announceRunner(db, now(), { id, token, address: request.ip, announcement: body });
      return { now: now().getTime(), lease_seconds: leaseSeconds, labels };
    });
    on(protocol.lease, async (request, { leases }) => {
      const id = await runnerOf(request);
      return { assignment: (await gateway.leaseNext(id, leases)) ?? null };
    });
    on(protocol.heartbeat, async (request, { leases }) => {
      const id = await runnerOf(request);
      await noteAddress(db, id, request.ip);
      const states = [...(await gateway.heartbeat(id, leases))].map(([job, state]) => ({ id: job, state }));
      return { now: now().getTime(), states };
    });
    on(protocol.drain, async (request) => {
      await gateway.drain(await runnerOf(request));
      return undefined;
    });
    on(protocol.goodbye, async (request) => {
      await gateway.unregister(await runnerOf(request));
      return undefined;
    });
    on(protocol.report, async (request, body) => gateway.report(await leaseOrLost(request), body));
    on(protocol.finish, async (request, body) =>
      ended(request, await gateway.finish(await leaseOrLost(request), body)),
    );
    on(protocol.release, async (request, { reason }) =>
      ended(request, await gateway.release(await leaseOrLost(request), reason)),
    );
    on(protocol.logSize, async (request) => ({ size: await logs.size(await leaseOf(request)) }));
    on(protocol.appendLog, async (request) => {
      const lease = await leaseOf(request);
      const { offset } = parse(protocol.appendLog.query, request.query);
      const pieces = readPieces(request.body, request.headers[timesHeader]);
      return { size: await logs.append(lease, offset, pieces) };
    });
    scope.get(`/api/v1${protocol.events.path.replace('{id}', ':id')}`, async (request, reply) => {
      await listeners.listen(await runnerOf(request), request, reply);
      return reply;
    });
  });

  /** The gateway itself says what became of a lease. */
  async function leaseOrLost(request: FastifyRequest): Promise<Lease> {
    await admit(request);
    return leaseIn(request);
  }

  async function ended<Standing>(request: FastifyRequest, standing: Standing): Promise<Standing> {
    const { id } = leaseIn(request);
    await Promise.all([logs.end(id), context.services.end(id)]);
    return standing;
  }

  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    const path = `/api/v1${servicesPath(':job')}`;
    scope.all(`${path}/*`, { config: { streamsBody: true } }, async (request, reply) => {
      const { id: tokenId } = await admit(request);
      const { lease, job } = await leasedJob(tokenId, request);
      reply.hijack();
      await context.services.answer({ lease, job }, request.raw, reply.raw);
      return reply;
    });
  });
}

function leaseIn(request: FastifyRequest): Lease {
  const { job } = parse(protocol.logSize.params, { job: (request.params as { job?: unknown }).job });
  const token = request.headers[leaseHeader];
  if (typeof token === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token))
    return { id: job, token };
  throw new AppError('invalid_input', `the lease of the job is missing (${leaseHeader})`);
}

function parse<Schema extends z.ZodType>(schema: Schema | undefined, value: unknown): z.output<Schema> {
  const parsed = schema?.safeParse(value);
  if (parsed?.success) return parsed.data;
  const problems = parsed === undefined ? [] : firstProblems('request', parsed.error);
  throw new AppError('invalid_input', problems.map((p) => `${p.where}: ${p.message}`).join('; '));
}
