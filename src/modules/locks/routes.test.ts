import sql from 'sql-template-tag';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { Lock } from '../../contract/locks.ts';
import { releaseWaiting } from '../deploys/index.ts';
import { closeExpiredLocks } from './index.ts';

let test: TestApi;
let member: Client;

const appOf = (name: string, team: string) => `
  ${name}:
    repository: harbor
    team: ${team}
    steps: [{ name: ship, run: 'true' }]
    environments: { staging: { ref: main }, production: { ref: main } }`;
const configuration = `
repositories:
  harbor: { url: /nowhere/harbor.git }
apps:${appOf('harbor', 'web')}${appOf('ferry', 'sea')}
`;

beforeAll(async () => {
  test = await createTestApi();
  await test.machine.call(api.applyConfiguration, { body: { text: configuration } });
  member = await test.as('member', { teams: ['web'] });
});
afterAll(() => test.close());
afterEach(async () => {
  for (const lock of await open()) await test.machine.call(api.unlock, { params: lock, body: {} });
});

const production = { app: 'harbor', environment: 'production' };
const lock = (
  body: { app?: string; environment?: string; expires_at?: string },
  as = test.machine,
  reason = 'why not',
) => as.call(api.createLock, { body: { ...body, reason } });
const unlock = ({ id }: Lock, as = test.machine) => as.call(api.unlock, { params: { id }, body: {} });
const open = async (query = {}) => (await test.machine.call(api.listLocks, { query })).items;
const refused = (call: Promise<unknown>, code: string) =>
  expect(call).rejects.toMatchObject({ problem: { code } });

describe('a lock', () => {
  it('covers everything, an app or an environment, and is listed where it covers', async () => {
    await lock({});
    await lock({ app: 'harbor' });
    await lock(production);
    await lock({ app: 'ferry', environment: 'staging' });
    const scopes = async (query = {}) => (await open(query)).map((item) => item.scope);
    expect(await scopes()).toEqual(['everything', 'harbor', 'harbor/production', 'ferry/staging']);
    expect(await scopes({ app: 'harbor' })).toEqual(['everything', 'harbor', 'harbor/production']);
    expect(await scopes(production)).toEqual(['everything', 'harbor', 'harbor/production']);
    expect(await scopes({ app: 'harbor', environment: 'staging' })).toEqual(['everything', 'harbor']);
    await refused(open({ environment: 'staging' }), 'invalid_input');
  });

  it('is one a scope: the second is told who holds it, since when and why', async () => {
    const first = await lock(production, member, 'the database is being moved');
    await expect(lock(production)).rejects.toMatchObject({
      problem: {
        code: 'conflict',
        detail: expect.stringMatching(
          new RegExp(
            `^harbor/production is already locked by ${first.created_by} since 20.+: the database is being`,
          ),
        ),
        details: { lock_id: first.id },
      },
    });
  });

  it('is one a scope also for many at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lock(production)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(await open()).toHaveLength(1);
  });

  it('needs a reason, a scope that exists and a time that is still to come', async () => {
    await refused(lock(production, member, '  '), 'invalid_input');
    await refused(lock({ app: 'nowhere' }), 'not_found');
    await refused(lock({ app: 'harbor', environment: 'nowhere' }), 'not_found');
    await refused(lock({ environment: 'production' }), 'invalid_input');
    await refused(lock({ ...production, expires_at: '2020-01-01T00:00:00Z' }), 'invalid_input');
  });

  it('is set and opened by members of the team, and on everything by admins', async () => {
    const stranger = await test.as('member', { teams: ['sea'] });
    const admin = await test.as('admin');
    await refused(lock(production, stranger), 'forbidden');
    const own = await lock(production, member);
    await refused(unlock(own, stranger), 'forbidden');
    await refused(lock({}, member), 'forbidden');
    const all = await lock({}, admin);
    await refused(unlock(all, member), 'forbidden');
    await unlock(all, admin);
    await unlock(own, member);
  });

  it('is opened once, by one of many', async () => {
    const held = await lock(production);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => unlock(held)));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    await refused(unlock(held), 'not_found');
    const { items } = await test.machine.call(api.listAudit, { query: { action: 'lock.close', limit: 1 } });
    expect(items).toMatchObject([{ subject: 'harbor/production', details: { started: false, waiting: [] } }]);
  });

  it('ends by itself when its time has come, in the name of Slipway', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    await lock({ ...production, expires_at: inAnHour });
    await closeExpiredLocks(test.db, test.core.now(), releaseWaiting);
    expect(await open()).toHaveLength(1);
    test.advance(3_600_000);
    await Promise.all([1, 2, 3].map(() => closeExpiredLocks(test.db, test.core.now(), releaseWaiting)));
    expect(await open()).toEqual([]);
    const { items } = await test.machine.call(api.listAudit, { query: { action: 'lock.expire' } });
    expect(items).toMatchObject([{ actor: 'slipway', actor_kind: 'system', subject: 'harbor/production' }]);
  });
});

describe('locking', () => {
  it.each([[{}], [{ app: 'harbor' }], [production]])(
    'waits for a deploy that is being started in what it covers: %j',
    async (scope) => {
      const mayCommit = Promise.withResolvers<void>();
      const holding = Promise.withResolvers<void>();
      const starting = test.db.transaction(async (tx) => {
        await tx.run(sql`
          select e.id from environments e join apps a on a.id = e.app_id
          where a.name = 'harbor' and e.name = 'production' for update of e`);
        holding.resolve();
        await mayCommit.promise;
      });
      await holding.promise;
      let locked = false;
      const locking = lock(scope).then(() => {
        locked = true;
      });
      await untilSomebodyWaits();
      expect(locked).toBe(false);
      mayCommit.resolve();
      await Promise.all([starting, locking]);
      expect(locked).toBe(true);
    },
  );

  it('at once with unlocking and a new configuration, in every scope, never ends in an error', async () => {
    const scopes = [
      {},
      { app: 'harbor' },
      production,
      { app: 'harbor', environment: 'staging' },
      { app: 'ferry' },
    ];
    const toggle = async (turn: number) => {
      const scope = scopes[turn % scopes.length] ?? {};
      const held = await lock(scope).catch(allow('conflict'));
      if (held) await unlock(held).catch(allow('not_found'));
    };
    const configure = (turn: number) => {
      const text = configuration.replaceAll("'true'", `'echo ${turn}'`);
      return test.machine.call(api.applyConfiguration, { body: { text } });
    };
    const turns = Array.from({ length: 60 }, (_, turn) => turn);
    await Promise.all(turns.map((turn) => (turn % 6 === 0 ? configure(turn) : toggle(turn))));
  });
});

const allow = (code: string) => (error: unknown) => {
  expect(error).toMatchObject({ problem: { code } });
  return undefined;
};

async function untilSomebodyWaits(): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { rows } = await test.db.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    if (Date.now() > deadline) throw new Error('nobody came to wait');
  }
}
