import type { PlanItem } from '../../contract/provisioning.ts';
import type { Fixtures, TeamFixture } from '../configuration/index.ts';
import { type ProjectDraft, planItem, type TeamDraft } from './drafts.ts';
import type { AdminFacts, DirectoryFacts, KeyFacts } from './facts.ts';
import { planAdmin } from './planAdmin.ts';
import { type ProjectsPlan, planProjects } from './planProjects.ts';
import { planTeams, type TeamsPlan } from './planTeams.ts';
import type { ProjectEntry } from './settleProject.ts';

export interface FixtureOptions {
  /** Delete what a file of this name created and no longer names; null deletes nothing. */
  readonly prune: string | null;
  readonly replace: boolean;
  secretOf(key: KeyFacts): string | null;
}

/** What is to be written, and how a person reads it. */
export interface FixturePlan {
  readonly items: readonly PlanItem[];
  readonly warnings: readonly string[];
  /** New teams, and those whose name or slug changes. */
  readonly teams: readonly TeamDraft[];
  readonly deletedTeams: readonly TeamDraft[];
  readonly projects: readonly ProjectDraft[];
  readonly deletedProjects: readonly ProjectDraft[];
  /** Teams that the admin of the file is to join. */
  readonly joined: readonly TeamDraft[];
  /** Every team there will be, apart from those that only apps name. */
  readonly remainingTeams: readonly TeamDraft[];
}

/** Ids of teams: those that pruning deletes, and those that it turned out to need. */
interface Pruning {
  readonly leaving: ReadonlySet<number>;
  readonly staying: ReadonlySet<number>;
}

/**
 * The difference between a file and what is held. Pure: all facts are loaded, nothing is written.
 *
 * Which teams pruning deletes is known only when their projects are planned, and they make room for names and slugs
 * of others: so the plan is made again without what it deletes, until nothing more goes. A team that then turns out
 * to be needed stays for good.
 */
export function planFixtures(
  facts: DirectoryFacts,
  stored: AdminFacts | null,
  fixtures: Fixtures,
  options: FixtureOptions,
): FixturePlan {
  let pruning: Pruning = { leaving: new Set(), staying: new Set() };
  for (;;) {
    const plan = planWith(pruning, facts, stored, fixtures, options);
    const deleted = new Set(plan.deletedTeams.flatMap((team) => team.stored?.id ?? []));
    const needed = pruning.leaving.difference(deleted);
    if (needed.size > 0) pruning = { leaving: new Set(), staying: pruning.staying.union(needed) };
    else if (deleted.size > pruning.leaving.size) pruning = { ...pruning, leaving: deleted };
    else return plan;
  }
}

function planWith(
  { leaving, staying }: Pruning,
  facts: DirectoryFacts,
  stored: AdminFacts | null,
  fixtures: Fixtures,
  options: FixtureOptions,
): FixturePlan {
  const admin = fixtures.admin === null ? { items: [], warnings: [] } : planAdmin(fixtures.admin, stored);
  const teams = planTeams(facts.teams, fixtures.teams, leaving);
  const joined = fixtures.admin === null ? [] : teamsToJoin(teams, stored);
  const projects = planProjects(facts, teams.drafts, entriesOf(fixtures, teams), {
    ...options,
    revokedKeys: facts.revokedKeys,
    prune:
      options.prune === null
        ? null
        : { fixture: options.prune, named: fixtures.teams.flatMap((team) => team.projects) },
  });
  const pruned = options.prune === null ? noTeams : pruneTeams(teams, projects, options.prune, staying);
  const deleted = new Set(pruned.deleted);
  return {
    items: [
      ...admin.items,
      ...inOrderOfFile(fixtures, teams, withMembers(teams, joined, stored, fixtures), projects),
      ...projects.pruned,
      ...pruned.items,
    ],
    warnings: [...admin.warnings, ...largeIds(fixtures)],
    teams: teams.drafts.filter(isWritten),
    deletedTeams: pruned.deleted,
    projects: projects.written,
    deletedProjects: projects.deleted,
    joined,
    remainingTeams: teams.drafts.filter((team) => !deleted.has(team)),
  };
}

/** Ids that are drawn later lie above all others: one mistyped digit would use them up. */
function largeIds(fixtures: Fixtures): string[] {
  return fixtures.teams
    .flatMap((team) => team.projects)
    .filter((project) => project.publicId > Number.MAX_SAFE_INTEGER)
    .map(
      ({ name, publicId }) =>
        `project "${name}": its id ${publicId} is larger than many programs can read, and every id that is drawn later will be too`,
    );
}

function entriesOf(fixtures: Fixtures, teams: TeamsPlan): ProjectEntry[] {
  return fixtures.teams.flatMap((fixture) => {
    const team = teams.of.get(fixture);
    return team === undefined ? [] : fixture.projects.map((project) => ({ fixture: project, team }));
  });
}

const isWritten = ({ stored, name, slug }: TeamDraft): boolean =>
  stored === null || stored.name !== name || stored.slug !== slug;

function teamsToJoin(teams: TeamsPlan, admin: AdminFacts | null): TeamDraft[] {
  return [...teams.of.values()].filter(
    (team) => team.stored === null || admin === null || !admin.teams.has(team.stored.id),
  );
}

/** The items of the teams; one whose only change is its new member gets an item for it. */
function withMembers(
  teams: TeamsPlan,
  joined: readonly TeamDraft[],
  stored: AdminFacts | null,
  fixtures: Fixtures,
): PlanItem[] {
  const joining = new Set(joined);
  const member = stored?.username ?? fixtures.admin?.username ?? '';
  const change = { field: 'members', from: null, to: `+ ${member}` };
  const changed = new Map(
    teams.items.filter((item) => item.action !== 'skip').map((item) => [item.name, item]),
  );
  for (const [fixture, team] of teams.of) {
    if (!joining.has(team)) continue;
    const item = changed.get(fixture.name) ?? planItem('change', teamPlace(fixture));
    changed.set(fixture.name, { ...item, changes: [...item.changes, change] });
  }
  return [...changed.values(), ...teams.items.filter((item) => item.action === 'skip')];
}

const teamPlace = (fixture: TeamFixture) => ({
  kind: 'team' as const,
  name: fixture.name,
  line: fixture.at.line,
});

/** Each team, followed by its projects. */
function inOrderOfFile(
  fixtures: Fixtures,
  teams: TeamsPlan,
  teamItems: readonly PlanItem[],
  projects: ProjectsPlan,
): PlanItem[] {
  const ofTeam = Map.groupBy(teamItems, (item) => item.name);
  let index = 0;
  return fixtures.teams.flatMap((fixture) => {
    const own = ofTeam.get(fixture.name) ?? [];
    if (!teams.of.has(fixture))
      return [...own, ...fixture.projects.map((project) => teamless(fixture, project))];
    const items = projects.items.slice(index, index + fixture.projects.length);
    index += fixture.projects.length;
    return [...own, ...items.flatMap((item) => (item ? [{ ...item, team: fixture.name }] : []))];
  });
}

function teamless(team: TeamFixture, project: TeamFixture['projects'][number]): PlanItem {
  const reason = `its team "${team.name}" cannot be created`;
  const { name, at } = project;
  return planItem('skip', { kind: 'project', name, team: team.name, line: at.line, reason });
}

interface PrunedTeams {
  readonly deleted: readonly TeamDraft[];
  readonly items: readonly PlanItem[];
}
const noTeams: PrunedTeams = { deleted: [], items: [] };

/** Teams that a file of this name created and no longer names. One that still owns something stays. */
function pruneTeams(
  teams: TeamsPlan,
  projects: ProjectsPlan,
  fixture: string,
  staying: ReadonlySet<number>,
): PrunedTeams {
  const named = new Set(teams.of.values());
  const owners = new Set(projects.remaining.map((project) => project.team));
  const own = teams.drafts.filter((team) => team.stored?.fixture === fixture && !named.has(team));
  const inUse = (team: TeamDraft) =>
    owners.has(team) || (team.stored?.apps ?? 0) > 0 || staying.has(team.stored?.id ?? 0);
  const reason = 'it is no longer in the file, but still owns projects or apps. Move or delete them first';
  return {
    deleted: own.filter((team) => !inUse(team)),
    items: own.map((team) =>
      planItem(inUse(team) ? 'skip' : 'delete', {
        kind: 'team',
        name: team.name,
        reason: inUse(team) ? reason : null,
      }),
    ),
  };
}
