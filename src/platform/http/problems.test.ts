import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createTestDatabase } from '../../../test/harness/database.ts';
import { serve } from '../../../test/harness/http.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { errorCodes, httpStatusOf } from '../../contract/problem.ts';
import { ProblemSchema } from '../../contract/problemSchema.ts';
import { type Db, openDatabase, type Tx } from '../db/database.ts';
import { AppError } from '../errors.ts';
import { createRouter } from './router.ts';
import { createServer as createHttpServer } from './server.ts';

const fails = endpoint({
  method: 'GET',
  path: '/fails',
  tag: 'Test',
  summary: 'Fails',
  access: { role: 'viewer', scope: 'read' },
  response: z.object({}),
});

/** What a client is told when a handler throws. */
async function told(work: () => Promise<unknown>) {
  const { address } = await serve((router) =>
    router.add(fails, async () => {
      await work();
      return {};
    }),
  );
  const response = await fetch(`${address}/api/v1/fails`);
  return { response, problem: ProblemSchema.parse(await response.json()) };
}

describe('an error of ours', () => {
  it.each(errorCodes)('%s has its status and its words', async (code) => {
    const { response, problem } = await told(async () => {
      throw new AppError(code, 'what happened', { where: 'here' });
    });
    expect(response.status).toBe(httpStatusOf[code]);
    expect(problem).toMatchObject({ code, detail: 'what happened', details: { where: 'here' } });
    expect(problem.title.length).toBeGreaterThan(3);
  });

  it('says when to come back in the header for it', async () => {
    const { response } = await told(async () => {
      throw new AppError('rate_limited', 'too many', { retry_after_seconds: 11.2 });
    });
    expect(response.headers.get('retry-after')).toBe('12');
  });
});

describe('an error of nobody', () => {
  it('tells its request id and nothing of itself, and is logged whole under that id', async () => {
    const lines: string[] = [];
    const log = pino(
      {},
      new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) }),
    );
    const server = await createHttpServer(log);
    onTestFinished(() => server.close());
    const router = createRouter(server, {
      db: {} as Db,
      now: () => new Date(),
      authenticate: async () => {
        throw new Error('password=hunter2');
      },
      validateResponses: true,
    });
    router.add(fails, async () => ({}));
    const answer = await server.inject('/api/v1/fails');
    const problem = ProblemSchema.parse(answer.json());
    expect(problem).toMatchObject({ status: 500, code: 'internal', details: {} });
    expect(answer.body).not.toContain('hunter2');
    expect(problem.detail).toContain(problem.request_id);
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged).toMatchObject([{ reqId: problem.request_id, err: { message: 'password=hunter2' } }]);
  });

  it('is not taken for a database that is away when a file is missing', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'slipway-problems-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const { problem } = await told(() => readFile(join(directory, 'none')));
    expect(problem.code).toBe('internal');
  });
});

describe('a database', () => {
  const away = { status: 503, code: 'unavailable', details: { retry_after_seconds: 2 } };
  const query = (db: Db) => {
    onTestFinished(() => db.close());
    return told(() => db.one(sql`select 1 as one`));
  };

  it('whose port nobody listens on is away', async () => {
    const { problem, response } = await query(openDatabase({ host: '127.0.0.1', port: await closedPort() }));
    expect(problem).toMatchObject(away);
    expect(response.headers.get('retry-after')).toBe('2');
  });

  it('whose socket is not there is away', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'slipway-problems-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    expect((await query(openDatabase({ host: directory }))).problem).toMatchObject(away);
  });

  it('whose name cannot be looked up or which does not answer the call is away', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const db = openDatabase({ host: '127.0.0.1', port, connectionTimeoutMillis: 100 });
    expect((await query(db)).problem).toMatchObject(away);
  });

  it('that ends the connection in the middle of a request is away', async () => {
    const { db } = await scoped(createTestDatabase());
    const { problem } = await told(() =>
      db.transaction((tx) => tx.run(sql`select pg_terminate_backend(pg_backend_pid())`)),
    );
    expect(problem).toMatchObject(away);
    await db.one(sql`select 1 as one`);
  });

  it('that ended a transaction for standing still is away', async () => {
    const { db } = await scoped(createTestDatabase());
    const { problem } = await told(() =>
      db.transaction(async (tx) => {
        await tx.run(sql`set local idle_in_transaction_session_timeout = 1`);
        await untilEnded(tx);
      }),
    );
    expect(problem).toMatchObject(away);
  });

  it('that finds two waiting for each other, again and again, asks one of them to try again', async () => {
    const { db } = await scoped(createTestDatabase());
    const [left, right] = [await db.pool.connect(), await db.pool.connect()];
    const take = (client: typeof left, lock: number) => client.query(`select pg_advisory_lock(${lock})`);
    await take(left, 1);
    await take(right, 2);
    const outcomes = await Promise.allSettled([
      take(left, 2).finally(() => left.release(true)),
      take(right, 1).finally(() => right.release(true)),
    ]);
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals).toHaveLength(1);
    const { problem } = await told(() => Promise.reject(refusals[0]));
    expect(problem).toMatchObject({ status: 503, details: { retry_after_seconds: 1 } });
  });
});

/** Lets the transaction stand still until the server has ended it. */
async function untilEnded(tx: Tx): Promise<never> {
  for (;;) {
    await delay(10);
    await tx.run(sql`select 1`);
  }
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
