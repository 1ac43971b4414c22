import type { Fixtures, ProjectFixture, TeamFixture } from '../../src/modules/configuration/index.ts';
import type {
  DirectoryFacts,
  KeyFacts,
  ProjectFacts,
  TeamFacts,
} from '../../src/modules/provisioning/facts.ts';
import {
  type FixtureOptions,
  type FixturePlan,
  planFixtures,
} from '../../src/modules/provisioning/planFixtures.ts';

// A secret is "sealed" as itself here: what is decided does not depend on how.
export const plain: FixtureOptions = { prune: null, replace: false, secretOf: (key) => key.sealedSecret };
export const at = { line: 1, column: 1 };

export const team = (
  name: string,
  projects: ProjectFixture[] = [],
  slug = name.toLowerCase(),
): TeamFixture => ({
  name,
  slug,
  projects,
  at,
});
export const project = (
  name: string,
  publicId: number,
  more: Partial<ProjectFixture> = {},
): ProjectFixture => ({
  name,
  slug: name.toLowerCase(),
  platform: null,
  publicId: BigInt(publicId),
  publicKey: `key_${name}`,
  secretKey: `secret_${name}`,
  at,
  ...more,
});
export const file = (...teams: TeamFixture[]): Fixtures => ({ admin: null, teams });

/** What is held after a plan was carried out: the same as `writeFixtures` does, on plain values. */
export function carryOut(facts: DirectoryFacts, plan: FixturePlan, fixture = 'f.yml'): DirectoryFacts {
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
    revokedKeys: facts.revokedKeys,
  };
}

/** With other keys; those that are revoked are so for good. */
export const withKeys = (facts: DirectoryFacts, keys: readonly KeyFacts[]): DirectoryFacts => ({
  ...facts,
  keys,
  revokedKeys: facts.revokedKeys.union(
    new Set(keys.filter((key) => key.state === 'revoked').map((key) => key.publicKey)),
  ),
});

export const nothing: DirectoryFacts = { teams: [], projects: [], keys: [], revokedKeys: new Set() };
export const held = (...teams: TeamFixture[]) =>
  carryOut(nothing, planFixtures(nothing, null, file(...teams), plain));
export const lines = (plan: FixturePlan) =>
  plan.items.map(({ action, kind, name, changes }) =>
    [action, kind, name, ...changes.map(({ field, from, to }) => `${field}:${from}>${to}`)].join(' '),
  );
export const planned = (facts: DirectoryFacts, fixtures: Fixtures, options: Partial<FixtureOptions> = {}) =>
  planFixtures(facts, null, fixtures, { ...plain, ...options });
