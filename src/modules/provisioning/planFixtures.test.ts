import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fixtures, ProjectFixture, TeamFixture } from '../configuration/index.ts';
import type { AdminFacts, DirectoryFacts, KeyFacts, ProjectFacts, TeamFacts } from './facts.ts';
import { type FixtureOptions, type FixturePlan, planFixtures } from './planFixtures.ts';

// A secret is "sealed" as itself here: what is decided does not depend on how.
const plain: FixtureOptions = { prune: null, replace: false, secretOf: (key) => key.sealedSecret };
const at = { line: 1, column: 1 };

const team = (name: string, projects: ProjectFixture[] = [], slug = name.toLowerCase()): TeamFixture => ({
  name,
  slug,
  projects,
  at,
});
const project = (name: string, publicId: number, more: Partial<ProjectFixture> = {}): ProjectFixture => ({
  name,
  slug: name.toLowerCase(),
  platform: null,
  publicId: BigInt(publicId),
  publicKey: `key_${name}`,
  secretKey: `secret_${name}`,
  at,
  ...more,
});
const file = (...teams: TeamFixture[]): Fixtures => ({ admin: null, teams });

/** What is held after a plan was carried out: the same as `writeFixtures` does, on plain values. */
function carryOut(facts: DirectoryFacts, plan: FixturePlan, fixture = 'f.yml'): DirectoryFacts {
  let nextId = 1 + Math.max(0, ...[...facts.teams, ...facts.projects, ...facts.keys].map((row) => row.id));
  const ids = new Map<object, number>();
  const idOf = (draft: { stored: { id: number } | null }) => {
    const id = draft.stored?.id ?? ids.get(draft) ?? nextId++;
    ids.set(draft, id);
    return id;
  };
  const changedTeams = plan.teams.map(
    (draft): TeamFacts => ({
      id: idOf(draft),
      name: draft.name,
      slug: draft.slug,
      fixture: draft.stored?.fixture ?? (draft.stored === null ? fixture : null),
      apps: draft.stored?.apps ?? 0,
    }),
  );
  const goneTeams = new Set(plan.deletedTeams.map(idOf));
  const gone = new Set(plan.deletedProjects.map(idOf));
  const changed = plan.projects.map(
    (draft): ProjectFacts => ({
      id: idOf(draft),
      publicId: draft.publicId,
      name: draft.name,
      slug: draft.slug,
      teamId: idOf(draft.team),
      platform: draft.platform,
      fixture: draft.stored === null ? fixture : draft.stored.fixture,
    }),
  );
  const keys = plan.projects.flatMap((draft) =>
    draft.keys.map(
      (key): KeyFacts => ({
        id: idOf(key),
        projectId: idOf(draft),
        publicKey: key.publicKey,
        sealedSecret: key.secret ?? key.stored?.sealedSecret ?? null,
        state: key.state,
      }),
    ),
  );
  const replaced = <Row extends { id: number }>(
    rows: readonly Row[],
    news: Row[],
    out = new Set<number>(),
  ) => {
    const byId = new Map([...rows, ...news].map((row) => [row.id, row]));
    return [...byId.values()].filter((row) => !out.has(row.id)).sort((a, b) => a.id - b.id);
  };
  return {
    teams: replaced(facts.teams, changedTeams, goneTeams),
    projects: replaced(facts.projects, changed, gone),
    keys: replaced(facts.keys, keys).filter((key) => !gone.has(key.projectId)),
  };
}

const nothing: DirectoryFacts = { teams: [], projects: [], keys: [] };
const held = (...teams: TeamFixture[]) =>
  carryOut(nothing, planFixtures(nothing, null, file(...teams), plain));
const lines = (plan: FixturePlan) =>
  plan.items.map(({ action, kind, name, changes }) =>
    [action, kind, name, ...changes.map(({ field, from, to }) => `${field}:${from}>${to}`)].join(' '),
  );
const planned = (facts: DirectoryFacts, fixtures: Fixtures, options: Partial<FixtureOptions> = {}) =>
  planFixtures(facts, null, fixtures, { ...plain, ...options });

describe('the decision table', () => {
  it('neither name nor id: create with exactly that id', () => {
    expect(lines(planned(nothing, file(team('Web', [project('shop', 23)]))))).toEqual([
      'create team Web slug:null>web',
      'create project shop id:null>23 public_key:null>key_shop',
    ]);
  });

  it('only the id: that project takes name, slug, team, platform and key', () => {
    const facts = held(team('Web', [project('shop', 23)]), team('Pay'));
    const plan = planned(facts, file(team('Pay', [project('till', 23, { platform: 'node' })])));
    expect(lines(plan)).toEqual([
      'change project till name:shop>till slug:shop>till team:Web>Pay platform:null>node public_key:key_shop>key_till secret_key:null>null',
    ]);
    expect(plan.projects[0]?.stored?.id).toBe(facts.projects[0]?.id);
  });

  it('only the name: the project is renumbered and keeps its keys', () => {
    const facts = held(team('Web', [project('shop', 23)]));
    const plan = planned(facts, file(team('Web', [project('shop', 40)])));
    expect(lines(plan)).toEqual(['renumber project shop id:23>40']);
    expect(carryOut(facts, plan).keys).toEqual(facts.keys);
  });

  it('only the name, with replace: deleted and created', () => {
    const facts = held(team('Web', [project('shop', 23)]));
    const plan = planned(facts, file(team('Web', [project('shop', 40)])), { replace: true });
    expect(lines(plan)).toEqual(['replace project shop id:23>40 public_key:null>key_shop']);
    const after = carryOut(facts, plan);
    expect(after.projects[0]?.id).not.toBe(facts.projects[0]?.id);
    expect(planned(after, file(team('Web', [project('shop', 40)])), { replace: true }).items).toEqual([]);
  });

  it('both, the same project: update in place', () => {
    const facts = held(team('Web', [project('shop', 23)]));
    expect(lines(planned(facts, file(team('Web', [project('shop', 23, { platform: 'go' })]))))).toEqual([
      'change project shop platform:null>go',
    ]);
    expect(planned(facts, file(team('Web', [project('shop', 23)]))).items).toEqual([]);
  });

  it('both, different projects: skip, and go on with the rest', () => {
    const facts = held(team('Web', [project('shop', 23), project('blog', 24)]));
    const plan = planned(facts, file(team('Web', [project('shop', 24), project('news', 25)])));
    expect(plan.items.map(({ action, name }) => `${action} ${name}`)).toEqual(['skip shop', 'create news']);
    expect(plan.items[0]?.reason).toMatch(/has the id 23.*the id 24 belongs to project "blog"/);
    expect(carryOut(facts, plan).projects.slice(0, 2)).toEqual(facts.projects);
  });

  it('what an entry was skipped for may come free by a later one', () => {
    const facts = held(team('Web', [project('shop', 5), project('blog', 1)]));
    const plan = planned(facts, file(team('Web', [project('shop', 1), project('blog', 2)])));
    expect(lines(plan)).toEqual(['renumber project shop id:5>1', 'renumber project blog id:1>2']);
  });

  it('two that would change ids with each other are both skipped', () => {
    const facts = held(team('Web', [project('shop', 1), project('blog', 2)]));
    const plan = planned(facts, file(team('Web', [project('shop', 2), project('blog', 1)])));
    expect(plan.items.map(({ action }) => action)).toEqual(['skip', 'skip']);
    expect(plan.projects).toEqual([]);
  });
});

describe('keys', () => {
  const facts = held(team('Web', [project('shop', 1), project('blog', 2)]));

  it('the oldest key takes the new values; its secret stays when the file has none', () => {
    const plan = planned(
      facts,
      file(team('Web', [project('shop', 1, { publicKey: 'fresh', secretKey: null })])),
    );
    expect(lines(plan)).toEqual(['change project shop public_key:key_shop>fresh']);
    expect(carryOut(facts, plan).keys[0]).toMatchObject({ publicKey: 'fresh', sealedSecret: 'secret_shop' });
  });

  it('a key that the project has is the one that is meant, also when it is not the oldest', () => {
    const second: KeyFacts = {
      id: 99,
      projectId: 3,
      publicKey: 'second',
      sealedSecret: 's',
      state: 'active',
    };
    const shop = facts.projects.find((one) => one.name === 'shop');
    const rotated = {
      ...facts,
      keys: [
        ...facts.keys.map((key) => ({ ...key, state: 'retiring' as const })),
        { ...second, projectId: shop?.id ?? 0 },
      ],
    };
    expect(
      planned(rotated, file(team('Web', [project('shop', 1, { publicKey: 'second', secretKey: 's' })])))
        .items,
    ).toEqual([]);
    expect(planned(rotated, file(team('Web', [project('shop', 1)]))).items).toEqual([]);
  });

  it('a key of another project is a skip', () => {
    const plan = planned(facts, file(team('Web', [project('shop', 1, { publicKey: 'key_blog' })])));
    expect(plan.items[0]?.reason).toMatch(/key_blog belongs to project "blog"/);
  });

  it('a revoked key stays revoked', () => {
    const revoked = { ...facts, keys: facts.keys.map((key) => ({ ...key, state: 'revoked' as const })) };
    const plan = planned(revoked, file(team('Web', [project('shop', 1)])));
    expect(plan.items).toMatchObject([{ action: 'skip', reason: expect.stringMatching(/was revoked/) }]);
    const fresh = planned(revoked, file(team('Web', [project('shop', 1, { publicKey: 'fresh' })])));
    expect(lines(fresh)).toEqual(['change project shop public_key:null>fresh']);
    expect(fresh.projects[0]?.keys).toHaveLength(2);
  });

  it('no plan shows a secret', () => {
    const plan = planned(facts, file(team('Web', [project('shop', 1, { secretKey: 'other' })])));
    expect(lines(plan)).toEqual(['change project shop secret_key:null>null']);
    expect(JSON.stringify(plan.items)).not.toMatch(/other|secret_shop/);
  });
});

describe('teams', () => {
  it('are found by name; the slug follows it', () => {
    const facts = held(team('Web', [], 'old'));
    expect(lines(planned(facts, file(team('Web'))))).toEqual(['change team Web slug:old>web']);
  });

  it('are found by slug when the name is new', () => {
    const facts = held(team('web'));
    expect(lines(planned(facts, file(team('Web'))))).toEqual(['change team Web name:web>Web']);
  });

  it('keep their slug when a team that the file does not name has the other one', () => {
    const facts = held(team('Web', [], 'old'), team('Other', [], 'web'));
    const plan = planned(facts, file(team('Web', [project('shop', 1)])));
    expect(plan.items).toMatchObject([
      { action: 'skip', kind: 'team', reason: expect.stringMatching(/team "Other" has: it keeps old/) },
      { action: 'create', kind: 'project' },
    ]);
  });

  it('may change places', () => {
    const facts = held(team('A', [], 'b'), team('B', [], 'a'));
    const plan = planned(facts, file(team('A'), team('B')));
    expect(lines(plan)).toEqual(['change team A slug:b>a', 'change team B slug:a>b']);
  });

  it('a slug is not taken from one that must keep it', () => {
    const facts = held(team('A', [], 'b'), team('Foreign', [], 'a'));
    const plan = planned(facts, file(team('A'), team('B', [project('shop', 1)])));
    expect(plan.items.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual([
      'skip team A',
      'skip team B',
      'skip project shop',
    ]);
    expect(carryOut(facts, plan)).toEqual(facts);
  });
});

describe('the admin', () => {
  const admin = { username: 'boss', email: 'boss@example.com', password: 'correct horse', at };
  const stored: AdminFacts = {
    id: 7,
    username: 'boss',
    role: 'owner',
    disabled: false,
    passwordMatches: true,
    teams: new Set(),
  };
  const plan = (facts: AdminFacts | null, teams: TeamFixture[] = []) =>
    planFixtures(nothing, facts, { admin, teams }, plain);

  it('is created, and joins every team of the file', () => {
    expect(lines(plan(null, [team('Web')]))).toEqual([
      'create admin boss email:null>boss@example.com role:null>owner',
      'create team Web slug:null>web members:null>+ boss',
    ]);
  });

  it('gets password, role and leave to sign in again', () => {
    expect(lines(plan({ ...stored, role: 'viewer', disabled: true, passwordMatches: false }))).toEqual([
      'change admin boss password:null>null role:viewer>owner disabled:yes>no',
    ]);
    expect(plan(stored).items).toEqual([]);
  });

  it('keeps their user name, with a word about it', () => {
    const other = plan({ ...stored, username: 'root' });
    expect(other.items).toEqual([]);
    expect(other.warnings[0]).toMatch(/is called root, not boss; the name stays/);
  });
});

it('warns of an id that leaves no ordinary ones to draw', () => {
  const huge = project('shop', 1, { publicId: 9_007_199_254_740_993n });
  expect(planned(nothing, file(team('Web', [huge]))).warnings).toEqual([
    expect.stringMatching(/"shop": its id 9007199254740993 is larger/),
  ]);
});

describe('prune', () => {
  it('deletes what this file created and no longer names, and nothing else', () => {
    const own = held(
      team('Web', [project('shop', 1), project('blog', 2)]),
      team('Gone', [project('old', 3)]),
    );
    const facts = carryOut(own, planned(own, file(team('Theirs', [project('theirs', 9)]))), 'other.yml');
    const plan = planned(facts, file(team('Web', [project('shop', 1)])), { prune: 'f.yml' });
    expect(lines(plan)).toEqual([
      'delete project blog id:2>null',
      'delete project old id:3>null',
      'delete team Gone',
    ]);
    const after = carryOut(facts, plan);
    expect(after.projects.map((one) => one.name)).toEqual(['shop', 'theirs']);
    expect(after.teams.map((one) => one.name)).toEqual(['Web', 'Theirs']);
  });

  it('leaves a team that still owns something', () => {
    const facts = held(team('Web'), team('Apps'));
    const used = { ...facts, teams: facts.teams.map((one) => ({ ...one, apps: 1 })) };
    const plan = planned(used, file(team('Web')), { prune: 'f.yml' });
    expect(plan.items).toMatchObject([{ action: 'skip', name: 'Apps' }]);
    expect(plan.deletedTeams).toEqual([]);
  });
});

// ── Properties ────────────────────────────────────────────────────────────────────────────────────

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Few names, ids and keys, so that they meet often. */
const someFile = fc
  .record({
    projects: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...names),
        id: fc.integer({ min: 1, max: 7 }),
        key: fc.integer({ min: 1, max: 8 }),
        slug: fc.option(fc.constantFrom('x', 'y'), { nil: undefined, freq: 6 }),
        secret: fc.constantFrom(null, 's1', 's2'),
        platform: fc.constantFrom(null, 'node', 'go'),
        team: fc.constantFrom('T', 'U', 'V'),
      }),
      {
        comparator: (a, b) =>
          a.name === b.name || a.id === b.id || a.key === b.key || (a.slug ?? a.name) === (b.slug ?? b.name),
      },
    ),
    slugs: fc.uniqueArray(fc.constantFrom('t', 'u', 'v', 'w'), { minLength: 3, maxLength: 3 }),
  })
  .map(({ projects, slugs }): Fixtures => {
    const teams = [...new Set(projects.map((one) => one.team))];
    return file(
      ...teams.map((name, index) =>
        team(
          name,
          projects
            .filter((one) => one.team === name)
            .map((one) =>
              project(one.name, one.id, {
                slug: one.slug ?? one.name,
                publicKey: `k${one.key}`,
                secretKey: one.secret,
                platform: one.platform,
              }),
            ),
          slugs[index] ?? name,
        ),
      ),
    );
  });
const options = fc.record({ replace: fc.boolean(), prune: fc.constantFrom(null, 'f.yml', 'g.yml') });
/** What several files left behind, some keys of it revoked or on their way out. */
const someFacts = fc
  .record({
    files: fc.array(fc.tuple(someFile, fc.constantFrom('f.yml', 'g.yml')), { maxLength: 3 }),
    states: fc.array(fc.constantFrom('active', 'active', 'retiring', 'revoked')),
  })
  .map(({ files, states }) => {
    const facts = files.reduce(
      (before, [fixtures, name]) => carryOut(before, planned(before, fixtures), name),
      nothing,
    );
    const keys = facts.keys.map((key, index) => ({ ...key, state: states[index] ?? ('active' as const) }));
    return { ...facts, keys } as DirectoryFacts;
  });

function expectDeclared(after: DirectoryFacts, teamName: string, declared: ProjectFixture): void {
  const found = after.projects.find((one) => one.name === declared.name);
  expect(found).toMatchObject({
    publicId: declared.publicId,
    slug: declared.slug,
    platform: declared.platform ?? found?.platform,
  });
  expect(after.teams.find((one) => one.id === found?.teamId)?.name).toBe(teamName);
  const key = after.keys.find((one) => one.publicKey === declared.publicKey);
  expect(key?.projectId).toBe(found?.id);
  expect(key?.state).not.toBe('revoked');
  expect(key?.sealedSecret).toBe(declared.secretKey ?? key?.sealedSecret);
}

describe('for every state and every file', () => {
  const forAll = (check: (facts: DirectoryFacts, fixtures: Fixtures, how: Partial<FixtureOptions>) => void) =>
    fc.assert(fc.property(someFacts, someFile, options, check), {
      numRuns: 3000,
    });

  it('names, slugs, ids and keys stay unique', () => {
    forAll((facts, fixtures, how) => {
      const after = carryOut(facts, planned(facts, fixtures, how));
      for (const values of [
        after.projects.map((one) => one.name),
        after.projects.map((one) => one.slug),
        after.projects.map((one) => one.publicId),
        after.keys.map((one) => one.publicKey),
        after.teams.map((one) => one.slug),
        after.teams.map((one) => one.name),
      ]) {
        expect(new Set<unknown>(values).size).toBe(values.length);
      }
    });
  });

  it('a plan after it was carried out has nothing left but the same skips', () => {
    forAll((facts, fixtures, how) => {
      const first = planned(facts, fixtures, how);
      const again = planned(carryOut(facts, first), fixtures, how);
      const skips = (plan: FixturePlan) =>
        plan.items.filter((item) => item.action === 'skip').map((item) => item.name);
      expect(again.items.filter((item) => item.action !== 'skip')).toEqual([]);
      expect(skips(again)).toEqual(skips(first));
      expect([...again.projects, ...again.teams, ...again.deletedProjects, ...again.deletedTeams]).toEqual(
        [],
      );
    });
  });

  it('every project that is not skipped is what the file says', () => {
    forAll((facts, fixtures, how) => {
      const plan = planned(facts, fixtures, how);
      const after = carryOut(facts, plan);
      const skipped = new Set(
        plan.items
          .filter((item) => item.action === 'skip' && item.kind === 'project')
          .map((item) => item.name),
      );
      for (const { name: teamName, projects } of fixtures.teams) {
        for (const declared of projects) {
          if (!skipped.has(declared.name)) expectDeclared(after, teamName, declared);
        }
      }
    });
  });

  it('what the file names neither by name nor by id stays as it is, pruning aside', () => {
    forAll((facts, fixtures, how) => {
      const after = carryOut(facts, planned(facts, fixtures, how));
      const declared = fixtures.teams.flatMap((one) => one.projects);
      for (const before of facts.projects) {
        const named = declared.some((one) => one.name === before.name || one.publicId === before.publicId);
        if (named || before.fixture === how.prune) continue;
        expect(after.projects.find((one) => one.id === before.id)).toEqual(before);
        const keysOf = (state: DirectoryFacts) => state.keys.filter((key) => key.projectId === before.id);
        expect(keysOf(after)).toEqual(keysOf(facts));
      }
    });
  });

  it('every project that remains has a team that remains', () => {
    forAll((facts, fixtures, how) => {
      const after = carryOut(facts, planned(facts, fixtures, how));
      const teams = new Set(after.teams.map((one) => one.id));
      expect(after.projects.filter((one) => !teams.has(one.teamId))).toEqual([]);
    });
  });

  it('without replace and prune nothing is deleted', () => {
    forAll((facts, fixtures) => {
      const plan = planned(facts, fixtures);
      expect(plan.deletedProjects).toEqual([]);
      expect(plan.deletedTeams).toEqual([]);
      expect(plan.items.some((item) => item.action === 'replace' || item.action === 'delete')).toBe(false);
    });
  });
});
