import fc from 'fast-check';
import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { api } from '../../contract/index.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Db, Queryable, Tx } from '../../platform/db/database.ts';
import { applyConfiguration } from './applyConfiguration.ts';
import type { Provisioning } from './configurationFile.ts';
import { planConfiguration } from './planConfiguration.ts';

const prefix = 'https://errors.example.com';
let test: TestApi;
beforeAll(async () => {
  test = await createTestApi({ environment: { SLIPWAY_URL_PREFIX: prefix } });
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.db.run(sql`delete from deploys`);
  await test.db.run(sql`delete from environments`);
  await test.db.run(sql`delete from apps`);
  await test.db.run(sql`delete from repositories`);
  await test.db.run(sql`delete from projects`);
  await test.db.run(sql`delete from revoked_keys`);
  await test.db.run(sql`delete from teams`);
  await test.db.run(sql`delete from users`);
});

interface Project {
  name: string;
  id: number | bigint;
  key: string;
  secret?: string | null;
  platform?: string | null;
}
const dsn = ({ id, key, secret = 'secret' }: Project) =>
  `https://${key}${secret === null ? '' : `:${secret}`}@errors.example.com/${id}`;
const teamsFile = (teams: Record<string, Project[]>): string =>
  stringify({
    teams: Object.entries(teams).map(([name, projects]) => ({
      name,
      ...(projects.length === 0
        ? {}
        : {
            projects: projects.map((project) => ({
              name: project.name,
              dsn: dsn(project),
              ...(project.platform ? { platform: project.platform } : {}),
            })),
          }),
    })),
  });

interface More {
  file?: string;
  created_as?: string;
  prune?: boolean;
  replace?: boolean;
  values?: Record<string, string>;
}
const apply = (text: string, more: More = {}) =>
  test.machine.call(api.applyConfiguration, { body: { text, file: 'f.yml', ...more } });
const plan = (text: string, more: More = {}) =>
  test.machine.call(api.planConfiguration, { body: { text, file: 'f.yml', ...more } });
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    (error: { problem?: { code: string; detail: string } }) =>
      `${error.problem?.code}: ${error.problem?.detail}`,
  );

/** The references that a refusal says stand for nothing. */
const unresolved = (call: Promise<unknown>) =>
  call.then(
    () => 'it was not refused',
    (error: { problem: { details: unknown } }) =>
      (error.problem.details as { unresolved: string[] }).unresolved,
  );

/** Everything that fixtures could touch, row by row. */
async function everything(db: Queryable): Promise<unknown> {
  return db.one(sql`
    select (select jsonb_agg(to_jsonb(t) order by id) from teams t) as teams,
      (select jsonb_agg(to_jsonb(p) || jsonb_build_object('public_id', p.public_id::text) order by id) from projects p) as projects,
      (select jsonb_agg(to_jsonb(k) order by id) from project_keys k) as keys,
      (select jsonb_agg(to_jsonb(u) order by id) from users u) as users,
      (select jsonb_agg(to_jsonb(m) order by team_id, user_id) from team_members m) as members,
      (select jsonb_agg(to_jsonb(a) order by id) from apps a) as apps,
      (select jsonb_agg(to_jsonb(r) order by id) from repositories r) as repositories`);
}

const seed = `
admin:
  username: admin
  email: admin@example.com
  password: secret
teams:
- name: Payments
  projects:
    checkout: https://pub1:sec1@errors.example.com/23
    billing: https://pub2:sec2@errors.example.com/7
- name: Web
  projects:
    storefront: https://pub3:sec3@errors.example.com/35
`;

describe("the seed's file", () => {
  it('creates admin, teams, projects and keys; twice is once', async () => {
    const done = await apply(seed);
    expect(done.counts).toMatchObject({ create: 6, skip: 0 });
    const before = await everything(test.db);
    expect((await plan(seed)).items).toEqual([]);
    expect((await apply(seed)).items).toEqual([]);
    expect(await everything(test.db)).toEqual(before);
  });

  it('the admin signs in, owns the organization and is a member of every team', async () => {
    await apply(seed);
    const session = await test.anonymous.call(api.signIn, {
      body: { username: 'admin@example.com', password: 'secret' },
    });
    expect(session.user).toMatchObject({ username: 'admin', role: 'owner', teams: ['payments', 'web'] });
  });

  it('password, role and leave to sign in come back, and the old sessions end', async () => {
    await apply(seed);
    const { username } = (
      await test.anonymous.call(api.signIn, { body: { username: 'admin', password: 'secret' } })
    ).user;
    await test.db.run(sql`update users set password_hash = null, role = 'viewer', disabled_at = now()`);
    expect((await plan(seed)).items).toMatchObject([
      {
        action: 'change',
        kind: 'admin',
        name: username,
        changes: [{ field: 'password' }, { field: 'role' }, { field: 'disabled' }],
      },
    ]);
    await apply(seed);
    expect(await test.db.one(sql`select count(*) as sessions from sessions`)).toEqual({ sessions: 0 });
    await test.anonymous.call(api.signIn, { body: { username: 'admin', password: 'secret' } });
  });

  it('ids drawn afterwards lie above those of the file', async () => {
    await apply(seed);
    const created = await test.machine.call(api.createProject, { body: { name: 'next', team: 'web' } });
    expect(Number(created.id)).toBeGreaterThan(35);
  });

  it('a project id up to 2^63-1 is kept to the last digit', async () => {
    await apply(teamsFile({ Web: [{ name: 'huge', id: 9007199254740993n, key: 'k' }] }));
    expect((await test.machine.call(api.showProject, { params: { project: 'huge' } })).id).toBe(
      '9007199254740993',
    );
    expect(
      (await plan(teamsFile({ Web: [{ name: 'huge', id: 9007199254740993n, key: 'k' }] }))).items,
    ).toEqual([]);
  });
});

describe('what must not be seen', () => {
  it('no password and no secret stands in plan, answer, event or audit trail', async () => {
    const planned = await plan(seed);
    const applied = await apply(seed);
    const changed = await apply(
      seed.replace('sec1', 'sec9').replace('password: secret', 'password: hunter22'),
    );
    const told = await test.db.many(
      sql`select to_jsonb(a) as row from audit_log a union all select to_jsonb(e) from events e`,
    );
    const text = JSON.stringify([planned, applied, changed, told]);
    expect(text).not.toMatch(/sec[1239]|hunter22|"secret"/);
    expect(changed.items).toMatchObject([
      { kind: 'admin', changes: [{ field: 'password', from: null, to: null }] },
      { kind: 'project', changes: [{ field: 'secret_key', from: null, to: null }] },
    ]);
  });

  it('secrets are sealed at rest', async () => {
    await apply(seed);
    const [row] = await test.db.many<{ sealed_secret: string }>(
      sql`select sealed_secret from project_keys order by id`,
    );
    expect(row?.sealed_secret).toMatch(/^v1\./);
    const text = JSON.stringify(await everything(test.db));
    expect(text).not.toMatch(/sec1/);
  });

  it('only an owner plans or applies a file with an admin', async () => {
    const admin = await test.as('admin');
    for (const endpoint of [api.planConfiguration, api.applyConfiguration]) {
      expect(await refusal(admin.call(endpoint, { body: { text: seed, file: 'f.yml' } }))).toMatch(
        /^forbidden: .*only an owner/,
      );
    }
    await admin.call(api.applyConfiguration, { body: { text: teamsFile({ Web: [] }), file: 'f.yml' } });
    const member = await test.as('member');
    expect(
      await refusal(member.call(api.planConfiguration, { body: { text: seed, file: 'f.yml' } })),
    ).toMatch(/^forbidden/);
    expect(await refusal(admin.call(api.exportConfiguration, { query: { secrets: 'true' } }))).toMatch(
      /^forbidden/,
    );
  });

  it('references come with the request, never from the server', async () => {
    const text = seed.replace('password: secret', `password: \${HOME}`);
    expect(await refusal(apply(text))).toMatch(/invalid_input.*HOME/s);
    expect(await unresolved(apply(text))).toEqual([`\${HOME}`]);
    await apply(text, { values: { '${HOME}': 'from the caller' } });
    await test.anonymous.call(api.signIn, { body: { username: 'admin', password: 'from the caller' } });
  });
});

describe('bad input', () => {
  it('a user name of somebody else is an error at its place, and nothing is written', async () => {
    await test.machine.call(api.createUser, {
      body: { username: 'admin', role: 'viewer', email: 'other@example.com' },
    });
    const before = await everything(test.db);
    expect(await refusal(apply(seed))).toMatch(
      /^invalid_input: f\.yml:\d+:\d+ the user name admin belongs to somebody/,
    );
    expect(await everything(test.db)).toEqual(before);
  });

  it('without SLIPWAY_URL_PREFIX no DSN is taken', async () => {
    const context: Provisioning = {
      db: test.db,
      passwords: test.core.passwords,
      box: test.core.secrets.box,
      urlPrefix: null,
    };
    const file = { text: seed, name: 'f.yml', values: {}, prune: false, replace: false };
    await expect(applyConfiguration(context, new Date(), systemActor, file)).rejects.toThrow(
      /SLIPWAY_URL_PREFIX/,
    );
  });

  it('what is skipped does not stop the rest', async () => {
    await apply(
      teamsFile({
        Web: [
          { name: 'a', id: 1, key: 'ka' },
          { name: 'b', id: 2, key: 'kb' },
        ],
      }),
    );
    const done = await apply(
      teamsFile({
        Web: [
          { name: 'a', id: 2, key: 'ka' },
          { name: 'c', id: 3, key: 'kc' },
        ],
      }),
    );
    expect(done.items.map(({ action, name, line }) => [action, name, line])).toEqual([
      ['skip', 'a', expect.any(Number)],
      ['create', 'c', expect.any(Number)],
    ]);
  });
});

describe('renumber and replace', () => {
  it('renumbering keeps the row, its keys and what refers to it', async () => {
    await apply(teamsFile({ Web: [{ name: 'shop', id: 5, key: 'k' }] }));
    const before = await test.db.one<{ id: number }>(sql`select id from projects`);
    const done = await apply(teamsFile({ Web: [{ name: 'shop', id: 50, key: 'k' }] }));
    expect(done.items).toMatchObject([
      { action: 'renumber', changes: [{ field: 'id', from: '5', to: '50' }] },
    ]);
    expect(await test.db.one(sql`select id from projects`)).toEqual(before);
    const shown = await test.machine.call(api.showProject, { params: { project: '50' } });
    expect(shown.name).toBe('shop');
  });

  it('replacing deletes and creates', async () => {
    await apply(teamsFile({ Web: [{ name: 'shop', id: 5, key: 'k' }] }));
    const before = await test.db.one<{ id: number }>(sql`select id from projects`);
    const done = await apply(teamsFile({ Web: [{ name: 'shop', id: 50, key: 'k' }] }), { replace: true });
    expect(done.items).toMatchObject([{ action: 'replace' }]);
    expect(await test.db.one(sql`select id from projects`)).not.toEqual(before);
  });

  it('a secret that stays is still the secret of a key that got another name', async () => {
    await apply(teamsFile({ Web: [{ name: 'shop', id: 5, key: 'old', secret: 'abc' }] }));
    await apply(teamsFile({ Web: [{ name: 'shop', id: 5, key: 'new', secret: null }] }));
    const { text } = await test.machine.call(api.exportConfiguration, { query: { secrets: 'true' } });
    expect(text).toContain('https://new:abc@errors.example.com/5');
  });
});

describe('prune', () => {
  it('a file without any team deletes its own projects, and keeps a team that owns another', async () => {
    await apply(teamsFile({ Web: [{ name: 'own', id: 1, key: 'a' }], Gone: [] }));
    await test.machine.call(api.createProject, { body: { name: 'other', team: 'web' } });
    const done = await apply('teams: []', { prune: true });
    expect(done.items.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual([
      'delete project own',
      'skip team Web',
      'delete team Gone',
    ]);
    expect((await apply('teams: []', { prune: true })).counts).toMatchObject({ delete: 0, skip: 1 });
  });
});

describe('two files of the same name', () => {
  it('prune their own only, when each is applied under a name of its own', async () => {
    const body = (name: string, project: string) => ({
      text: teamsFile({ Web: [{ name: project, id: project.length, key: project }] }),
      created_as: name,
      prune: true,
    });
    await apply(body('shop', 'till').text, body('shop', 'till'));
    await apply(body('blog', 'reader').text, body('blog', 'reader'));
    expect(await test.db.many(sql`select name from projects order by id`)).toEqual([
      { name: 'till' },
      { name: 'reader' },
    ]);
    const gone = await apply(teamsFile({ Web: [] }), { created_as: 'blog', prune: true });
    expect(gone.items.map(({ action, name }) => `${action} ${name}`)).toEqual(['delete reader']);
  });
});

describe('one file for everything', () => {
  const whole = `${seed}
repositories:
  harbor: { url: https://git.example.com/harbor.git }
apps:
  harbor:
    repository: harbor
    team: payments
    steps: [{ name: go, run: "true" }]
    environments: { staging: {}, production: {} }
`;

  it('is one plan and one transaction', async () => {
    const planned = await plan(whole);
    expect(planned.items.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual([
      'create repository harbor',
      'create app harbor',
      'create admin admin',
      'create team Payments',
      'create project checkout',
      'create project billing',
      'create team Web',
      'create project storefront',
    ]);
    expect(await apply(whole)).toEqual(planned);
    expect((await plan(whole)).items).toEqual([]);
    const changed = whole.replace('production: {}', 'qa: {}').replace('name: go', 'name: went');
    expect((await plan(changed)).items).toMatchObject([
      {
        action: 'change',
        kind: 'app',
        changes: [
          { field: 'steps' },
          { field: 'environment', from: null, to: 'qa' },
          { field: 'environment', from: 'production', to: null },
        ],
      },
    ]);
  });

  it('an app that cannot be declared leaves the projects of the file unwritten too', async () => {
    await apply(whole);
    await test.db.run(sql`
      insert into deploys (environment_id, number, kind, state, ref, sha, title, author, config, requested_by, requested_by_kind, requested_at)
      select id, 1, 'deploy', 'queued', 'main', repeat('a', 40), '', '', '{}', 'x', 'user', now() from environments limit 1`);
    const before = await everything(test.db);
    const moved = whole
      .replace('repository: harbor', 'repository: other')
      .replace('apps:', '  other: { url: https://git.example.com/other.git }\napps:')
      .replace('storefront', 'shopfront');
    expect(await refusal(apply(moved))).toMatch(/^conflict: app harbor has shipped/);
    expect(await everything(test.db)).toEqual(before);
  });
});

describe('two at once', () => {
  it('each finds the other done, or does it', async () => {
    const files = Array.from({ length: 6 }, (_, index) =>
      apply(teamsFile({ Web: [{ name: 'shop', id: index + 1, key: `k${index}` }] })),
    );
    const created = Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        test.machine.call(api.createTeam, { body: { slug: `t${index}` } }),
      ),
    );
    await Promise.all([...files, created]);
    expect(await test.db.many(sql`select name from projects`)).toEqual([{ name: 'shop' }]);
  });
});

describe('a key that was revoked', () => {
  const revoked = teamsFile({ Web: [{ name: 'shop', id: 23, key: 'leaked' }] });
  const other = teamsFile({ Web: [{ name: 'shop', id: 24, key: 'fresh' }] });
  const shop = { params: { project: 'shop' } };
  const keys = () => test.db.many<{ public_key: string }>(sql`select public_key from project_keys`);

  beforeEach(async () => {
    await apply(revoked);
    const key = { project: 'shop', key: 'leaked' };
    const query = { confirm: 'shop' };
    await test.machine.call(api.updateProjectKey, { params: key, query, body: { state: 'revoked' } });
  });

  it.each([
    ['deleted', () => test.machine.call(api.deleteProject, { ...shop, query: { confirm: 'shop' } })],
    ['replaced', () => apply(other, { replace: true })],
    ['pruned', () => apply('teams: [{ name: Web }]', { prune: true })],
  ])('comes back with no file after its project was %s', async (_, end) => {
    await end();
    await test.db.run(sql`delete from projects`);
    const reason = expect.stringMatching(/leaked was revoked, and a revoked key stays revoked/);
    expect((await apply(revoked)).items).toMatchObject([{ action: 'skip', name: 'shop', reason }]);
    expect(await keys()).toEqual([]);
  });

  it('goes to no project that takes the place of its own in the same file', async () => {
    const taken = teamsFile({ Web: [{ name: 'blog', id: 30, key: 'leaked' }] });
    expect((await apply(taken, { prune: true })).items).toMatchObject([
      { action: 'skip', name: 'blog' },
      { action: 'delete', name: 'shop' },
    ]);
    expect(await keys()).toEqual([]);
  });
});

describe('export', () => {
  it('writes nothing for nothing', async () => {
    const { text } = await test.machine.call(api.exportConfiguration, {});
    expect((await plan(text)).items).toEqual([]);
  });

  it('keeps odd names, slugs of their own and platforms; a project without a usable key is left out by name', async () => {
    await apply(seed);
    await test.machine.call(api.createTeam, { body: { slug: 'odd', name: `Odd: "\${HOME}" 023 – ü` } });
    const project = await test.machine.call(api.createProject, {
      body: { name: `yes: \${X} #1`, team: 'odd', slug: 'one', platform: 'node' },
    });
    const lost = await test.machine.call(api.createProject, { body: { name: 'lost', team: 'odd' } });
    await test.db.run(sql`update project_keys k set state = 'revoked', revoked_at = now() from projects p
      where p.id = k.project_id and p.slug = ${lost.slug}`);
    const { text } = await test.machine.call(api.exportConfiguration, {});
    await test.machine.call(api.createProjectKey, { params: { project: 'one' }, body: { label: 'more' } });
    expect((await test.machine.call(api.exportConfiguration, {})).text).toContain(`dsn: ${project.dsn}\n`);
    expect(text).toContain('has no usable key: "lost"');
    expect(text).not.toMatch(/sec1/);
    expect((await plan(text)).items).toEqual([]);
    expect((await apply(text)).items).toEqual([]);
    expect(project.slug).toBe('one');
  });

  it('is valid whatever names and platforms the API has taken', async () => {
    await test.machine.call(api.createTeam, { body: { slug: 'odd' } });
    const odd = fc.oneof(
      fc.string({
        unit: fc.constantFrom(...'aé🎉 :/"\'#{}[],&*!|>%@`~-\n\t\r\u001b\u0085\u2028\u202e\u00a0$'),
      }),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(odd, odd, async (name, platform) => {
        await test.db.run(sql`delete from projects`);
        const make = (body: { name: string; platform?: string }) =>
          test.machine.call(api.createProject, { body: { team: 'odd', slug: 'one', ...body } });
        for (const body of [{ name, platform }, { name }, { name: 'one', platform }]) {
          if ((await refusal(make(body))) === 'nothing') break;
        }
        const { text } = await test.machine.call(api.exportConfiguration, {});
        expect((await plan(text)).items).toEqual([]);
      }),
      {
        numRuns: 60,
        ignoreEqualValues: true,
        examples: [
          ['https://x', 'C#'],
          ['a\nb', 'two words'],
          ['a\u202eb', 'node'],
        ],
      },
    );
  });
});

describe('plan', () => {
  it('refuses what applying would: an app whose team is the name of a team with another slug', async () => {
    const text = `teams: [{ name: shop, slug: web }]
repositories: { code: { url: /srv/code.git } }
apps:
  site: { repository: code, team: shop, steps: [{ name: go, run: make }], environments: { live: } }
`;
    const expected =
      'conflict: f.yml: apps name their team by its slug, and there is no team shop; the team called "shop" has the slug web: write `team: web`';
    expect(await refusal(plan(text))).toBe(expected);
    expect(await refusal(apply(text))).toBe(expected);
    expect((await apply(text.replace('team: shop', 'team: web'))).counts).toMatchObject({ create: 3 });
  });

  it('sees all of the directory at one moment, whoever changes it meanwhile', async () => {
    const context: Provisioning = {
      db: interrupted(test.db, async () => {
        await test.machine.call(api.createTeam, { body: { slug: 'new' } });
        await test.machine.call(api.createProject, { body: { name: 'new', team: 'new' } });
      }),
      passwords: test.core.passwords,
      box: test.core.secrets.box,
      urlPrefix: prefix,
    };
    const file = { text: seed, name: 'f.yml', values: {}, prune: false, replace: false };
    const { counts } = await planConfiguration(context, systemActor, file);
    expect(counts).toMatchObject({ change: 0, skip: 0 });
  });
});

/** Something happens after the first query of each transaction. */
function interrupted(db: Db, happens: () => Promise<void>): Db {
  return {
    ...db,
    transaction: (work, options) =>
      db.transaction((tx) => {
        let isFirst = true;
        const many = async <Row extends object>(query: Sql) => {
          const rows = await tx.many<Row>(query);
          if (isFirst) await happens();
          isFirst = false;
          return rows;
        };
        return work({ ...tx, many });
      }, options),
  };
}

// ── Properties ────────────────────────────────────────────────────────────────────────────────────

const someProject = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  id: fc.integer({ min: 1, max: 8 }),
  key: fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7'),
  secret: fc.constantFrom(null, 's1', 's2'),
  platform: fc.constantFrom(null, 'node', 'go'),
  team: fc.constantFrom('T', 'U', 'V'),
});
const someFile = fc
  .uniqueArray(someProject, { comparator: (a, b) => a.name === b.name || a.id === b.id || a.key === b.key })
  .map((projects) =>
    teamsFile(Object.groupBy(projects, (project) => project.team) as Record<string, Project[]>),
  );
const someRun = fc.record({
  /** What earlier files left, with keys that were revoked since. */
  before: fc.array(fc.record({ text: someFile, file: fc.constantFrom('f.yml', 'g.yml') }), { maxLength: 2 }),
  revoked: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 2 }),
  text: someFile,
  prune: fc.boolean(),
  replace: fc.boolean(),
  failAt: fc.integer({ min: 1, max: 25 }),
});

/** Fails the n-th statement of every transaction; `count` tells how many there were. */
function failing(db: Db, failAt: number): Db & { count: number } {
  const faulty = {
    ...db,
    count: 0,
    transaction: <T>(work: (tx: Tx) => Promise<T>) =>
      db.transaction((tx) => {
        const guard =
          <Args extends unknown[], R>(method: (...args: Args) => Promise<R>) =>
          (...args: Args) => {
            faulty.count += 1;
            return faulty.count === failAt
              ? Promise.reject(new Error('struck by lightning'))
              : method(...args);
          };
        return work({
          ...tx,
          run: guard(tx.run),
          many: guard(tx.many),
          maybe: guard(tx.maybe),
          one: guard(tx.one),
        } as Tx);
      }),
  };
  return faulty;
}

/** Row by row, what is not in the file: projects by name and by id, with their keys; teams. */
async function unnamed(db: Db, text: string): Promise<unknown> {
  const { teams } = parse(text) as { teams: { name: string; projects?: { name: string; dsn: string }[] }[] };
  const projects = teams.flatMap((team) => team.projects ?? []);
  const others = sql`select * from projects
    where name <> all(${projects.map((project) => project.name)}::text[])
      and public_id <> all(${projects.map((project) => project.dsn.split('/').at(-1))}::bigint[])`;
  return db.one(sql`
    select (select jsonb_agg(to_jsonb(p) order by id) from (${others}) p) as projects,
      (select jsonb_agg(to_jsonb(k) order by id) from project_keys k where project_id in (select id from (${others}) p)) as keys,
      (select jsonb_agg(to_jsonb(t) order by id) from teams t where name <> all(${teams.map((team) => team.name)}::text[])) as teams`);
}

describe('for any state and any file', () => {
  it('a failure at any statement leaves all as it was; then applying settles it, what it does not name stays, twice is once, export changes nothing, no id is drawn twice', {
    timeout: 300_000,
  }, async () => {
    const context: Provisioning = {
      db: test.db,
      passwords: test.core.passwords,
      box: test.core.secrets.box,
      urlPrefix: prefix,
    };
    await fc.assert(
      fc.asyncProperty(someRun, async ({ before, revoked, text, prune, replace, failAt }) => {
        await test.db.run(sql`delete from projects`);
        await test.db.run(sql`delete from teams`);
        for (const { text: earlier, file } of before) {
          await applyConfiguration(context, new Date(), systemActor, {
            text: earlier,
            name: file,
            values: {},
            prune: false,
            replace: false,
          });
        }
        await test.db.run(sql`update project_keys set state = 'revoked', revoked_at = now()
            where id in (select id from (select id, row_number() over (order by id) as n from project_keys) k where n = any(${revoked}))`);
        const file = { text, name: 'f.yml', values: {}, prune, replace };
        const start = await everything(test.db);
        const unnamedAtStart = await unnamed(test.db, text);
        const broken = failing(test.db, failAt);
        const failed = await applyConfiguration(
          { ...context, db: broken },
          new Date(),
          systemActor,
          file,
        ).then(
          () => false,
          (error: Error) => error.message === 'struck by lightning',
        );
        expect(failed).toBe(broken.count >= failAt);
        if (failed) expect(await everything(test.db)).toEqual(start);

        await applyConfiguration(context, new Date(), systemActor, file);
        if (!prune) expect(await unnamed(test.db, text)).toEqual(unnamedAtStart);
        const settled = await everything(test.db);
        const again = await applyConfiguration(context, new Date(), systemActor, file);
        expect(again.items.filter((item) => item.action !== 'skip')).toEqual([]);
        const { text: exported } = await test.machine.call(api.exportConfiguration, {});
        expect((await apply(exported, { file: 'e.yml' })).items).toEqual([]);
        expect(await everything(test.db)).toEqual(settled);

        await test.db.run(sql`insert into teams (slug, name, created_at) values ('draw', 'draw', now())`);
        await test.machine.call(api.createProject, { body: { name: 'drawn', team: 'draw' } });
      }),
      { numRuns: 150 },
    );
  });
});
