import { once } from 'node:events';
import { connect } from 'node:net';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiError } from '../../src/contract/client.ts';
import { api } from '../../src/contract/index.ts';
import type { EventRecord } from '../../src/contract/system.ts';
import { createShip, eventually, type Ship } from '../harness/ship.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
});
afterAll(() => ship.close());

const staging = { app: 'harbor', environment: 'staging' };

/** The status that a call is refused with, and what was said. */
async function statusOf(call: Promise<unknown>): Promise<[number, string]> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return [error.problem.status, error.problem.detail];
    throw error;
  }
  return [200, 'it was accepted'];
}

test('what does not exist, or is over, is refused with a reason and never an internal error', async () => {
  const done = await ship.ship('staging', await ship.push('Done'));
  const { client } = ship;
  const at = (app: string, environment: string) => ({ params: { app, environment } });
  const number = (value: unknown) => ({ params: { ...staging, number: value as number } });
  const refused: [number, RegExp, () => Promise<unknown>][] = [
    [
      404,
      /no app is named "nothing"; there is harbor/,
      () => client.call(api.requestDeploy, { ...at('nothing', 'staging'), body: {} }),
    ],
    [
      404,
      /no environment of harbor is named "prod"; there is staging, production/,
      () => client.call(api.requestDeploy, { ...at('harbor', 'prod'), body: {} }),
    ],
    [404, /"prod"/, () => client.call(api.preview, { ...at('harbor', 'prod'), query: {} })],
    [
      404,
      /"prod"/,
      () => client.call(api.createLock, { body: { app: 'harbor', environment: 'prod', reason: 'x' } }),
    ],
    [404, /"prod"/, () => client.call(api.rollback, { ...at('harbor', 'prod'), body: {} })],
    [400, /lower-case/, () => client.call(api.showApp, { params: { app: 'UPPER' } })],
    [404, /there is no deploy harbor\/staging#999/, () => client.call(api.showDeploy, number(999))],
    [404, /#999/, () => client.call(api.cancel, number(999))],
    [404, /#999/, () => client.call(api.redeploy, { ...number(999), body: {} })],
    [400, /number/, () => client.call(api.showDeploy, number('x'))],
    [400, /number/, () => client.call(api.showDeploy, number(0))],
    [409, /there is nothing to cancel/, () => ship.cancel(done)],
    [409, /not held/, () => client.call(api.start, number(done.number))],
    [409, /nothing to deploy/, () => ship.deploy('staging', done.sha)],
    [409, /no earlier good release/, () => ship.rollback('production')],
    [404, /no open lock 999999/, () => client.call(api.unlock, { params: { id: 999_999 }, body: {} })],
    [
      404,
      /no repository is named "nothing"; there is harbor/,
      () => client.call(api.showRepository, { params: { repository: 'nothing' } }),
    ],
  ];
  for (const [status, words, call] of refused) {
    const [given, detail] = await statusOf(call());
    expect(detail).toMatch(words);
    expect(given, detail).toBe(status);
  }
});

const strangeRefs = [
  'nowhere',
  '--help',
  '-x',
  '..',
  'a..b',
  'HEAD~1',
  '@{u}',
  ':nothing',
  'main:file.txt',
  '*',
  '\u0000',
  'x'.repeat(301),
  '🚢',
  '\n',
  'refs/heads/../main',
];

test.each(strangeRefs)('the ref %j is refused as bad input', async (ref) => {
  expect((await statusOf(ship.deploy('staging', ref)))[0]).toBe(400);
  const query = { ref };
  expect((await statusOf(ship.client.call(api.listChanges, { params: staging, query })))[0]).toBe(400);
});

test('events tell success, failure and cancellation apart, and come in the order in which things happened', async () => {
  const end = new AbortController();
  const events: EventRecord[] = [];
  const after = await newestEvent();
  const watching = (async () => {
    const stream = ship.client.stream(api.events, { query: { after } }, { signal: end.signal });
    for await (const { data } of stream) events.push(data as EventRecord);
  })();
  const good = await ship.ship('staging', await ship.push('Good'));
  await ship.configure({ app: { steps: [{ name: 'Break', run: 'echo broken >&2; exit 7' }] } });
  const bad = await ship.until(await ship.deploy('staging', await ship.push('Bad')), 'failed');
  await ship.configure({});
  await ship.closeGate('staging');
  const stopped = await ship.deploy('staging', await ship.push('Stopped'));
  await ship.until(stopped, 'running');
  await ship.cancel(stopped);
  await ship.until(stopped, 'cancelled');
  await ship.openGate('staging');

  const told = (name: string) =>
    events
      .filter(({ kind, subject }) => subject === name && kind !== 'deploy.step')
      .map(({ kind }) => kind.slice(7));
  await eventually('all is told', () => told(stopped.name).includes('cancelled'));
  end.abort();
  await watching.catch(() => {});
  expect(told(good.name)).toEqual(['queued', 'running', 'verifying', 'succeeded']);
  expect(told(bad.name)).toEqual(['queued', 'running', 'failed']);
  expect(told(stopped.name)).toEqual(['queued', 'running', 'cancelling', 'cancelled']);
  const ids = events.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
});

async function newestEvent(): Promise<number> {
  const { id } = await ship.api.db.one<{ id: number }>(sql`select coalesce(max(id), 0) as id from events`);
  return id;
}

test('a re-deploy that fails says so everywhere: state, steps, log, event', async () => {
  const good = await ship.ship('staging', await ship.push('Was good'));
  await ship.configure({
    app: { steps: [{ name: 'Break', run: 'echo "the registry is gone" >&2; exit 7' }] },
  });
  const again = await ship.redeploy(good);
  const failed = await ship.until(again, 'failed');
  const why = /^step 1 "Break": exit code 7 \(after \d+\.\d s\)$/;
  expect(failed.result).toMatch(why);
  expect(failed.steps).toMatchObject([{ state: 'failed', detail: expect.stringContaining('exit code 7') }]);
  expect(await ship.log(again)).toMatch(
    /the registry is gone\n.*harbor\/staging#\d+ failed: step 1 "Break": exit code 7/s,
  );
  expect(failed.timeline.at(-1)).toMatchObject({ kind: 'failed', message: expect.stringMatching(why) });
  expect((await ship.why(again)).notes).toContainEqual(expect.stringMatching(why));
  await ship.configure({});
});

test('a client that goes away in the middle of a request breaks nothing, and its repetition is answered', async () => {
  const sha = await ship.push('Sent twice');
  const body = JSON.stringify({ ref: sha, force: { reason: 'twice' } });
  const send = async (text: string, until: 'written' | 'answered') => {
    const { hostname, port } = new URL(ship.api.address);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST /api/v1/apps/harbor/environments/staging/deploys HTTP/1.1\r\nhost: ${hostname}\r\n` +
        `authorization: Bearer ${ship.api.machineToken}\r\nidempotency-key: once\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${text}`,
    );
    if (until === 'answered') await once(socket, 'data');
    socket.destroySoon();
    await once(socket, 'close');
  };
  const before = (await ship.client.call(api.listDeploys, { query: { sha } })).items.length;
  await send(body.slice(0, 10), 'written');
  await send(body, 'written');
  await send(body, 'answered');
  const extras = { idempotencyKey: 'once' };
  const input = { params: staging, body: { ref: sha, force: { reason: 'twice' } } };
  const deploy = await ship.client.call(api.requestDeploy, input, extras);
  const { items } = await ship.client.call(api.listDeploys, { query: { sha } });
  expect(items.map(({ name }) => name)).toEqual([deploy.name]);
  expect(before).toBe(0);
  await ship.until(deploy, 'succeeded');
});
