import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  carryOut,
  file,
  nothing,
  planned,
  project,
  team,
  withKeys,
} from '../../../test/harness/fixtureModel.ts';
import type { PlanAction } from '../../contract/provisioning.ts';
import type { Fixtures, ProjectFixture } from '../configuration/index.ts';
import type { DirectoryFacts, ProjectFacts } from './facts.ts';
import type { FixtureOptions, FixturePlan } from './planFixtures.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Few names, ids and keys, so that they meet often. */
const someProject = fc
  .record({
    name: fc.constantFrom(...names),
    id: fc.integer({ min: 1, max: 7 }),
    publicKey: fc.integer({ min: 1, max: 8 }).map((number) => `k${number}`),
    slug: fc.option(fc.constantFrom('x', 'y'), { nil: undefined, freq: 6 }),
    secretKey: fc.constantFrom(null, 's1', 's2'),
    platform: fc.constantFrom(null, 'node', 'go'),
  })
  .map(({ name, id, slug = name, ...more }) => project(name, id, { slug, ...more }));
const someTeamName = fc.constantFrom('T', 'U', 'V');
const someFile = fc
  .record({
    projects: fc.uniqueArray(fc.tuple(someTeamName, someProject), {
      comparator: ([, a], [, b]) =>
        a.name === b.name || a.publicId === b.publicId || a.publicKey === b.publicKey || a.slug === b.slug,
    }),
    slugs: fc.uniqueArray(fc.constantFrom('t', 'u', 'v', 'w'), { minLength: 3, maxLength: 3 }),
  })
  .map(({ projects, slugs }): Fixtures => {
    const teams = Map.groupBy(projects, ([name]) => name);
    return file(
      ...[...teams].map(([name, own], index) =>
        team(
          name,
          own.map(([, one]) => one),
          slugs[index] ?? name,
        ),
      ),
    );
  });
const options = fc.record({ replace: fc.boolean(), prune: fc.constantFrom(null, 'f.yml', 'g.yml') });
/** What several files left behind, some keys of it revoked or on their way out, some of projects that are gone. */
const someFacts = fc
  .record({
    files: fc.array(fc.tuple(someFile, fc.constantFrom('f.yml', 'g.yml')), { maxLength: 3 }),
    states: fc.array(fc.constantFrom('active', 'active', 'retiring', 'revoked')),
    revoked: fc.uniqueArray(fc.constantFrom('k1', 'k2', 'k3'), { maxLength: 2 }),
  })
  .map(({ files, states, revoked }): DirectoryFacts => {
    const facts = files.reduce(
      (before, [fixtures, name]) => carryOut(before, planned(before, fixtures), name),
      nothing,
    );
    const keys = facts.keys.map((key, index) => ({ ...key, state: states[index] ?? ('active' as const) }));
    const held = new Set(keys.map((key) => key.publicKey));
    return withKeys({ ...facts, revokedKeys: new Set(revoked).difference(held) }, keys);
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

interface Said {
  readonly action: PlanAction;
  /** The project that it concerns. */
  readonly target?: ProjectFacts;
}

/** What the table says of a file with one project: by name, by id, and by what is in the way. */
function tableSays(facts: DirectoryFacts, declared: ProjectFixture, replace: boolean): Said {
  const named = facts.projects.find((one) => one.name === declared.name);
  const numbered = facts.projects.find((one) => one.publicId === declared.publicId);
  const target = named ?? numbered;
  const holders = [
    ...facts.projects.filter((one) => one.slug === declared.slug).map((one) => one.id),
    ...facts.keys.filter((one) => one.publicKey === declared.publicKey).map((one) => one.projectId),
  ];
  if (named && numbered && named !== numbered) return { action: 'skip' };
  if (holders.some((id) => id !== target?.id)) return { action: 'skip' };
  if (facts.revokedKeys.has(declared.publicKey)) return { action: 'skip' };
  if (target === undefined) return { action: 'create' };
  if (numbered === undefined) return { action: replace ? 'replace' : 'renumber', target };
  return { action: 'change', target };
}

describe('for every state and every project alone', () => {
  const forAll = (
    check: (facts: DirectoryFacts, declared: ProjectFixture, plan: FixturePlan, said: Said) => void,
  ) =>
    fc.assert(
      fc.property(someFacts, someProject, fc.boolean(), (facts, declared, replace) => {
        const plan = planned(facts, file(team('T', [declared])), { replace });
        check(facts, declared, plan, tableSays(facts, declared, replace));
      }),
      { numRuns: 2000 },
    );

  it('it is done what the decision table says', () => {
    forAll((facts, declared, plan, { action }) => {
      const item = plan.items.find((one) => one.kind === 'project');
      expect(item?.action ?? 'change').toBe(action);
      if (action !== 'skip') expectDeclared(carryOut(facts, plan), 'T', declared);
    });
  });

  it('a project that is there stays the same one with the same keys; only a replaced one goes', () => {
    forAll((facts, declared, plan, { action, target }) => {
      const after = carryOut(facts, plan);
      const found = after.projects.find((one) => one.name === declared.name);
      const keysOf = (state: DirectoryFacts, id?: number) =>
        state.keys.filter((key) => key.projectId === id).map((key) => key.id);
      if (action === 'renumber' || action === 'change') {
        expect(found?.id).toBe(target?.id);
        expect(keysOf(after, found?.id)).toEqual(expect.arrayContaining(keysOf(facts, target?.id)));
      }
      if (action === 'replace') expect(keysOf(after, target?.id)).toEqual([]);
      if (action === 'create' || action === 'replace')
        expect(facts.projects.map((one) => one.id)).not.toContain(found?.id);
    });
  });

  it('no other project and none of its keys changes; when it is skipped, none at all', () => {
    forAll((facts, declared, plan, { action, target }) => {
      const after = carryOut(facts, plan);
      const found = after.projects.find((one) => one.name === declared.name);
      const own = new Set(action === 'skip' ? [] : [found?.id, target?.id]);
      const others = (state: DirectoryFacts) => [
        state.projects.filter((one) => !own.has(one.id)),
        state.keys.filter((one) => !own.has(one.projectId)),
      ];
      expect(others(after)).toEqual(others(facts));
    });
  });
});

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

  it('no key that was revoked is accepted again', () => {
    forAll((facts, fixtures, how) => {
      const after = carryOut(facts, planned(facts, fixtures, how));
      const accepted = after.keys.filter((key) => key.state !== 'revoked').map((key) => key.publicKey);
      expect(accepted.filter((key) => facts.revokedKeys.has(key))).toEqual([]);
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
