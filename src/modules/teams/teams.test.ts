import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { ApiError, type Client } from '../../contract/client.ts';
import { type Role, roles } from '../../contract/endpoint.ts';
import { api } from '../../contract/index.ts';

let test: TestApi;
beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());

let count = 0;
const newSlug = (): string => {
  count += 1;
  return `team-${count}`;
};
const create = async (as = test.machine) => as.call(api.createTeam, { body: { slug: newSlug() } });
const show = (team: string, as = test.machine) => as.call(api.showTeam, { params: { team } });
const update = (team: string, body: object, as = test.machine) =>
  as.call(api.updateTeam, { params: { team }, body });
const remove = (team: string, confirm: string | undefined = team, as = test.machine) =>
  as.call(api.deleteTeam, { params: { team }, query: confirm === undefined ? {} : { confirm } });
const createProject = (name: string, team: string) =>
  test.machine.call(api.createProject, { body: { name, team } });
const refused = (call: Promise<unknown>, code: string, detail = '') =>
  expect(call).rejects.toMatchObject({ problem: { code, detail: expect.stringContaining(detail) } });

const declareApp = (name: string, team: string) =>
  test.machine.call(api.applyConfiguration, {
    body: {
      text: `
repositories: { ${name}: { url: /nowhere/${name}.git } }
apps:
  ${name}:
    repository: ${name}
    team: ${team}
    steps: [{ name: ship, run: 'true' }]
    environments: { staging: { ref: main } }
`,
    },
  });

describe('a team', () => {
  it('is shown with its members, apps and projects', async () => {
    const { slug } = await create();
    await test.machine.call(api.createUser, { body: { username: 'ann', role: 'member', teams: [slug] } });
    await declareApp('shown-app', slug);
    const project = await createProject('Shown project', slug);
    expect(await show(slug)).toEqual({
      slug,
      name: slug,
      members: ['ann'],
      apps: ['shown-app'],
      projects: [{ id: project.id, slug: 'shown-project', name: 'Shown project' }],
    });
    await refused(show('nowhere'), 'not_found', 'slipway teams lists them');
  });

  it('changes its slug and name, and keeps what it owns', async () => {
    const { slug } = await create();
    await createProject('Kept', slug);
    expect(await update(slug, { slug: 'renamed', name: 'Re Named' })).toMatchObject({
      slug: 'renamed',
      name: 'Re Named',
    });
    await refused(show(slug), 'not_found');
    expect(await show('renamed')).toMatchObject({ projects: [{ slug: 'kept' }] });
    expect(await update('renamed', { name: 'Re Named' })).toMatchObject({ slug: 'renamed' });
    const { items } = await test.machine.call(api.listAudit, { query: { subject: 'renamed' } });
    expect(items).toMatchObject([
      {
        action: 'team.update',
        details: { from: { slug, name: slug }, to: { slug: 'renamed', name: 'Re Named' } },
      },
    ]);
  });

  it('takes no slug or name of another, and says what may be changed', async () => {
    const [first, second] = [await create(), await create()];
    await refused(update(second.slug, { slug: first.slug }), 'conflict', 'exists already');
    await refused(update(second.slug, { name: first.name }), 'conflict', 'exists already');
    await refused(
      test.machine.call(api.createTeam, { body: { slug: newSlug(), name: first.name } }),
      'conflict',
      'exists already',
    );
    await refused(update(second.slug, {}), 'invalid_input', 'say what to change');
    await refused(update(second.slug, { slug: 'No Slug' }), 'invalid_input');
    await refused(update('nowhere', { name: 'x' }), 'not_found');
  });

  it('is deleted when it owns nothing, and its slug is repeated', async () => {
    const { slug } = await create();
    await refused(
      test.machine.call(api.deleteTeam, { params: { team: slug } }),
      'invalid_input',
      `deleting team ${slug} takes its slug`,
    );
    await refused(remove(slug, 'yes'), 'invalid_input');
    await declareApp('owned-app', slug);
    for (let index = 0; index < 12; index += 1) await createProject(`Owned ${index}`, slug);
    await expect(remove(slug)).rejects.toMatchObject({
      problem: {
        code: 'conflict',
        detail: expect.stringMatching(
          /still owns app owned-app and projects owned-0, owned-1, owned-10.* and 2 more\. First give its apps/,
        ),
        details: { apps: ['owned-app'], projects: expect.arrayContaining(['owned-9']) },
      },
    });
    const empty = await create();
    await test.machine.call(api.createUser, { body: { username: 'eve', role: 'member' } });
    await test.machine.call(api.addTeamMember, { params: { team: empty.slug, username: 'eve' } });
    await remove(empty.slug);
    await refused(show(empty.slug), 'not_found');
    await refused(remove(empty.slug), 'not_found');
  });

  it('that is deleted while projects are created in it keeps none of them, or stays', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { slug } = await create();
      const outcomes = await Promise.allSettled([
        createProject(`Race ${round}`, slug),
        remove(slug),
        createProject(`Race ${round} too`, slug),
      ]);
      const [first, removed, second] = outcomes.map((outcome) => outcome.status);
      if (removed === 'fulfilled') expect([first, second]).toEqual(['rejected', 'rejected']);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(['conflict', 'not_found']).toContain(outcome.reason.problem?.code);
    }
  });

  it('that is deleted while somebody joins loses them, or they are told', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { slug } = await create();
      const username = `joiner-${round}`;
      const joining = test.machine.call(api.createUser, {
        body: { username, role: 'member', teams: [slug] },
      });
      const [joined, removed] = await Promise.allSettled([joining, remove(slug)]);
      expect(removed.status).toBe('fulfilled');
      if (joined.status === 'rejected')
        expect(joined.reason).toMatchObject({ problem: { code: 'not_found' } });
    }
  });

  it('of which two take the same name at once goes to one', async () => {
    const teams = [await create(), await create(), await create(), await create()];
    const outcomes = await Promise.allSettled(teams.map(({ slug }) => update(slug, { name: 'One name' })));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ problem: { code: 'conflict' } });
  });

  it('tells who listens of all that becomes of it', async () => {
    const { slug } = await create();
    await test.machine.call(api.createUser, { body: { username: 'told', role: 'member' } });
    const params = { team: slug, username: 'told' };
    await test.machine.call(api.addTeamMember, { params });
    await test.machine.call(api.removeTeamMember, { params });
    await update(slug, { name: 'Told of' });
    await remove(slug);
    const events = await test.db.many<{ kind: string }>(
      sql`select kind from events where subject = ${slug} order by id`,
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      'team.created',
      'team.member_added',
      'team.member_removed',
      'team.updated',
      'team.deleted',
    ]);
  });
});

describe('who may', () => {
  const ways: Record<string, (as: Client, slug: string) => Promise<unknown>> = {
    list: (as) => as.call(api.listTeams, {}),
    show: (as, slug) => show(slug, as),
    create: (as) => create(as),
    rename: (as, slug) => update(slug, { name: newSlug() }, as),
    delete: (as, slug) => remove(slug, slug, as),
    'add a member': (as, team) => as.call(api.addTeamMember, { params: { team, username: 'someone' } }),
    'remove a member': (as, team) => as.call(api.removeTeamMember, { params: { team, username: 'anyone' } }),
  };
  const looking = ['list', 'show'];
  const mayAll = (role: Role) => role === 'admin' || role === 'owner';
  const cases = roles.flatMap((role) =>
    Object.keys(ways).map((way) => ({
      role,
      way,
      answer: mayAll(role) || looking.includes(way) ? 'done' : 'forbidden',
    })),
  );

  beforeAll(async () => {
    for (const username of ['someone', 'anyone'])
      await test.machine.call(api.createUser, { body: { username, role: 'member' } });
  });

  it.each(cases)('$role of the team asks to $way: $answer', async ({ role, way, answer }) => {
    const { slug } = await create();
    await test.machine.call(api.addTeamMember, { params: { team: slug, username: 'anyone' } });
    const outcome = await ways[way]?.(await test.as(role, { teams: [slug] }), slug).then(
      () => 'done',
      (error: unknown) => (error instanceof ApiError ? error.problem.code : error),
    );
    expect(outcome).toBe(answer);
  });
});
