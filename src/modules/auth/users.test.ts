import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { api } from '../../contract/index.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());

const refused = (call: Promise<unknown>, code: string) =>
  expect(call).rejects.toMatchObject({ problem: { code } });

describe('users', () => {
  it('are added with their teams, or not at all', async () => {
    const admin = await test.as('admin');
    await admin.call(api.createTeam, { body: { slug: 'harbor' } });
    const body = { username: 'ada', role: 'member' as const, teams: ['harbor'] };
    await refused(
      admin.call(api.createUser, { body: { ...body, teams: ['harbor', 'nowhere'] } }),
      'not_found',
    );
    expect(await admin.call(api.createUser, { body })).toMatchObject({ username: 'ada', teams: ['harbor'] });
    await refused(admin.call(api.createUser, { body }), 'conflict');
  });

  it('share no e-mail, whatever its case', async () => {
    const email = 'shared@example.com';
    await test.machine.call(api.createUser, { body: { username: 'first', role: 'viewer', email } });
    await test.machine.call(api.createUser, { body: { username: 'second', role: 'viewer' } });
    const taken = { username: 'third', role: 'viewer' as const, email: 'Shared@Example.com' };
    await refused(test.machine.call(api.createUser, { body: taken }), 'conflict');
    const params = { username: 'second' };
    await expect(
      test.machine.call(api.updateUser, { params, body: { email: 'SHARED@example.com' } }),
    ).rejects.toMatchObject({
      problem: { code: 'conflict', detail: 'another user has the e-mail SHARED@example.com' },
    });
  });

  it('are given no role above that of who gives it, nor touched by who stands below', async () => {
    const admin = await test.as('admin');
    await refused(admin.call(api.createUser, { body: { username: 'rogue', role: 'owner' } }), 'forbidden');
    await admin.call(api.createUser, { body: { username: 'climber', role: 'admin' } });
    const climb = { params: { username: 'climber' }, body: { role: 'owner' as const } };
    await refused(admin.call(api.updateUser, climb), 'forbidden');
    await test.machine.call(api.createUser, { body: { username: 'boss', role: 'owner' } });
    for (const body of [
      { password: 'taken over by me' },
      { disabled: true },
      { role: 'viewer' as const },
      { name: 'x' },
    ]) {
      await refused(admin.call(api.updateUser, { params: { username: 'boss' }, body }), 'forbidden');
    }
  });

  it('that do not exist are named', async () => {
    await refused(
      test.machine.call(api.updateUser, { params: { username: 'nobody' }, body: { name: 'x' } }),
      'not_found',
    );
  });

  it('are changed on the record, without their passwords', async () => {
    await test.machine.call(api.createUser, { body: { username: 'zoe', role: 'viewer' } });
    const body = { name: 'Zoe', password: 'a new one for zoe' };
    await test.machine.call(api.updateUser, { params: { username: 'zoe' }, body });
    const { items } = await test.machine.call(api.listAudit, { query: { subject: 'zoe' } });
    expect(items[0]).toMatchObject({ action: 'user.update', details: { name: 'Zoe', password: 'changed' } });
    expect(JSON.stringify(items)).not.toContain(body.password);
  });
});

describe('the last owner', () => {
  const demote = (api_: TestApi, username: string) =>
    api_.machine.call(api.updateUser, { params: { username }, body: { role: 'admin' } });
  const owners = async (api_: TestApi) =>
    (await api_.machine.call(api.listUsers, {})).items.filter(
      (user) => user.role === 'owner' && !user.disabled,
    );

  it('is neither demoted nor disabled', async () => {
    const own = await scoped(createTestApi());
    await own.machine.call(api.createUser, { body: { username: 'last', role: 'owner' } });
    await own.machine.call(api.createUser, { body: { username: 'asleep', role: 'owner' } });
    await own.machine.call(api.updateUser, { params: { username: 'asleep' }, body: { disabled: true } });
    await refused(demote(own, 'last'), 'conflict');
    await refused(
      own.machine.call(api.updateUser, { params: { username: 'last' }, body: { disabled: true } }),
      'conflict',
    );
    expect(await owners(own)).toHaveLength(1);
  });

  it('stays when two owners are demoted at once, again and again', async () => {
    const own = await scoped(createTestApi());
    for (let round = 0; round < 10; round += 1) {
      const pair = [`left${round}`, `right${round}`];
      for (const username of pair) {
        await own.machine.call(api.createUser, { body: { username, role: 'owner' } });
      }
      const before = (await owners(own)).map((user) => user.username);
      const outcomes = await Promise.allSettled(before.map((username) => demote(own, username)));
      expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(1);
      expect(await owners(own)).toHaveLength(1);
    }
  });
});

describe('teams', () => {
  it('take and lose members, and say who is missing', async () => {
    await test.machine.call(api.createTeam, { body: { slug: 'ferry', name: 'Ferry crew' } });
    await test.machine.call(api.createUser, { body: { username: 'pat', role: 'member' } });
    const params = { team: 'ferry', username: 'pat' };
    expect(await test.machine.call(api.addTeamMember, { params })).toMatchObject({ members: ['pat'] });
    expect(await test.machine.call(api.addTeamMember, { params })).toMatchObject({ members: ['pat'] });
    expect(await test.machine.call(api.removeTeamMember, { params })).toMatchObject({ members: [] });
    await refused(test.machine.call(api.removeTeamMember, { params }), 'not_found');
    await refused(test.machine.call(api.addTeamMember, { params: { ...params, team: 'no' } }), 'not_found');
    await refused(
      test.machine.call(api.addTeamMember, { params: { ...params, username: 'no' } }),
      'not_found',
    );
    await refused(test.machine.call(api.createTeam, { body: { slug: 'ferry' } }), 'conflict');
  });
});

describe('who looks at users', () => {
  it('hears that one was added or changed, and not what', async () => {
    const own = await scoped(createTestApi());
    await own.machine.call(api.createUser, { body: { username: 'mira', role: 'member' } });
    const params = { username: 'mira' };
    await own.machine.call(api.updateUser, { params, body: { role: 'admin', password: 'a long password' } });
    expect(await own.db.many(sql`select kind, subject, data from events order by id`)).toEqual([
      { kind: 'user.created', subject: 'mira', data: {} },
      { kind: 'user.updated', subject: 'mira', data: {} },
    ]);
  });
});

describe('the audit log', () => {
  it('is read by pages and filters', async () => {
    const own = await scoped(createTestApi());
    for (const slug of ['a', 'b', 'c', 'd', 'e']) await own.machine.call(api.createTeam, { body: { slug } });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { action: 'team.', limit: 2, ...(cursor ? { cursor } : {}) };
      const page = await own.machine.call(api.listAudit, { query });
      seen.push(...page.items.map((entry) => entry.subject));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
    const one = await own.machine.call(api.listAudit, { query: { subject: 'c', action: 'team.create' } });
    expect(one.items).toMatchObject([{ actor: 'operator (local)', actor_kind: 'machine', ip: '127.0.0.1' }]);
    const none = await own.machine.call(api.listAudit, { query: { until: one.items[0]?.at, subject: 'c' } });
    expect(none.items).toEqual([]);
  });
});
