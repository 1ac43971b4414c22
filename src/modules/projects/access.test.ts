import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { ApiError, type Client } from '../../contract/client.ts';
import { type Role, roles, scopes } from '../../contract/endpoint.ts';
import { api } from '../../contract/index.ts';
import type { ProjectDetail } from '../../contract/projects.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
  for (const slug of ['web', 'sea']) await test.machine.call(api.createTeam, { body: { slug } });
});
afterAll(() => test.close());

let count = 0;
const create = (as: Client): Promise<ProjectDetail> => {
  count += 1;
  return as.call(api.createProject, { body: { name: `Project ${count}`, team: 'web' } });
};

/** Every way to change a project, by the name of its route. Each works for who may. */
const ways: Record<string, (as: Client, project: ProjectDetail) => Promise<unknown>> = {
  create: (as) => create(as),
  rename: (as, { slug }) =>
    as.call(api.updateProject, { params: { project: slug }, body: { platform: 'php' } }),
  'create a key': (as, { slug }) =>
    as.call(api.createProjectKey, { params: { project: slug }, body: { label: '' } }),
  rotate: (as, { slug }) => as.call(api.rotateProjectKey, { params: { project: slug } }),
  retire: (as, { slug, keys }) => {
    const params = { project: slug, key: keys[0]?.public_key ?? '' };
    return as.call(api.updateProjectKey, { params, body: { state: 'retiring' } });
  },
  move: (as, { slug }) => as.call(api.updateProject, { params: { project: slug }, body: { team: 'sea' } }),
  delete: (as, { slug }) =>
    as.call(api.deleteProject, { params: { project: slug }, query: { confirm: slug } }),
};
const changing = ['create', 'rename', 'create a key', 'rotate', 'retire'];

/** What each may do: a role with its teams. */
const expectations: [role: Role, teams: string[], may: string[]][] = [
  ['viewer', [], []],
  ['viewer', ['web', 'sea'], []],
  ['member', [], []],
  ['member', ['sea'], []],
  ['member', ['web'], changing],
  ['member', ['web', 'sea'], [...changing, 'move']],
  ['admin', [], [...changing, 'move', 'delete']],
  ['owner', [], [...changing, 'move', 'delete']],
];
const cases = expectations.flatMap(([role, teams, may]) =>
  Object.keys(ways).map((way) => ({ role, teams, way, answer: may.includes(way) ? 'done' : 'forbidden' })),
);

describe('a project of team web', () => {
  it.each(cases)('$role of $teams asks to $way: $answer', async ({ role, teams, way, answer }) => {
    const project = await create(test.machine);
    const outcome = await ways[way]?.(await test.as(role, { teams }), project).then(
      () => 'done',
      (error: unknown) => (error instanceof ApiError ? error.problem.code : error),
    );
    expect(outcome).toBe(answer);
    if (answer === 'forbidden') {
      const after = await test.machine.call(api.showProject, { params: { project: project.slug } });
      expect(after).toEqual(project);
    }
  });

  it.each(roles)('is listed and shown to a %s, with its public DSN', async (role) => {
    const project = await create(test.machine);
    const client = await test.as(role);
    const params = { project: project.slug };
    const { items } = await client.call(api.listProjects, { query: { query: project.slug } });
    expect(items).toMatchObject([{ dsn: project.dsn }]);
    expect(await client.call(api.showProject, { params })).toMatchObject({ dsn: project.dsn });
    const keys = await client.call(api.listProjectKeys, { params });
    expect(keys.items).toMatchObject([{ dsn: project.dsn }]);
  });

  const tokens = expectations.flatMap(([role, teams]) =>
    [[...scopes], ...scopes.map((scope) => [scope])].map((held) => ({ role, teams, held })),
  );
  it.each(tokens)('$role of $teams with a token for $held', async ({ role, teams, held }) => {
    const project = await create(test.machine);
    const client = await test.as(role, { teams, scopes: held });
    const params = { project: project.slug };
    if (!held.includes('read')) {
      await expect(client.call(api.showProject, { params })).rejects.toMatchObject({
        problem: { code: 'forbidden' },
      });
      return;
    }
    const belongs = role === 'admin' || role === 'owner' || (role === 'member' && teams.includes('web'));
    const secret = belongs && held.includes('deploy') ? project.secret_dsn : null;
    const shown = await client.call(api.showProject, { params });
    expect([shown.secret_dsn, shown.keys[0]?.secret_dsn]).toEqual([secret, secret]);
    const listed = await client.call(api.listProjectKeys, { params });
    expect(listed.items[0]?.secret_dsn).toBe(secret);
  });
});

describe('the answer that an Idempotency-Key remembers', () => {
  it('has no secret for who has left the team since', async () => {
    const project = await create(test.machine);
    const leaver = await test.as('member', { teams: ['web'] });
    const { name } = await leaver.call(api.me, {});
    const ask = () =>
      leaver.call(api.rotateProjectKey, { params: { project: project.slug } }, { idempotencyKey: 'again' });
    const first = await ask();
    expect(first.secret_dsn).not.toBeNull();
    const params = { team: 'web', username: name };
    await test.machine.call(api.removeTeamMember, { params });
    expect(await ask()).toEqual({ ...first, secret_dsn: null });
    await test.machine.call(api.addTeamMember, { params });
  });
});
