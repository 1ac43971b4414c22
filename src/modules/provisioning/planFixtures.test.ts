import { describe, expect, it } from 'vitest';
import {
  at,
  carryOut,
  file,
  held,
  lines,
  nothing,
  plain,
  planned,
  project,
  team,
  withKeys,
} from '../../../test/harness/fixtureModel.ts';
import type { TeamFixture } from '../configuration/index.ts';
import type { AdminFacts, KeyFacts } from './facts.ts';
import { planFixtures } from './planFixtures.ts';

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
    const revoked = withKeys(
      facts,
      facts.keys.map((key) => ({ ...key, state: 'revoked' as const })),
    );
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
