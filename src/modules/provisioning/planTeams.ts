import type { PlanItem } from '../../contract/provisioning.ts';
import type { TeamFixture } from '../configuration/index.ts';
import { changeOf, planItem, type TeamDraft } from './drafts.ts';
import type { TeamFacts } from './facts.ts';

export interface TeamsPlan {
  /** Every team there will be, pruning aside. */
  readonly drafts: readonly TeamDraft[];
  /** The teams of the file; one that cannot be is not among them. */
  readonly of: ReadonlyMap<TeamFixture, TeamDraft>;
  readonly items: readonly PlanItem[];
}

/**
 * The teams of a file: found by name, or else by slug (then it is the same team under another name), or created.
 * The slug follows the file, unless a team that keeps it is in the way. Those that are `leaving` are in nobody's way.
 */
export function planTeams(
  stored: readonly TeamFacts[],
  fixtures: readonly TeamFixture[],
  leaving: ReadonlySet<number>,
): TeamsPlan {
  const drafts = stored.map((facts): TeamDraft => ({ stored: facts, name: facts.name, slug: facts.slug }));
  const staying = drafts.filter((draft) => draft.stored === null || !leaving.has(draft.stored.id));
  const of = matchTeams(staying, fixtures);
  const kept = keptSlugs(staying, of);
  const items = fixtures.flatMap((fixture) => {
    const draft = of.get(fixture);
    const holder = kept.get(fixture.slug);
    if (draft !== undefined) return changeTeam(draft, fixture, holder === draft ? undefined : holder);
    if (holder !== undefined) return [slugTaken(fixture, holder, 'it is not created')];
    const created: TeamDraft = { stored: null, name: fixture.name, slug: fixture.slug };
    drafts.push(created);
    of.set(fixture, created);
    return [planItem('create', { ...place(fixture), changes: changeOf('slug', null, fixture.slug) })];
  });
  return { drafts, of, items };
}

/** Names first: a slug must not take a team that another entry means by its name. */
function matchTeams(
  drafts: readonly TeamDraft[],
  fixtures: readonly TeamFixture[],
): Map<TeamFixture, TeamDraft> {
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const bySlug = new Map(drafts.map((draft) => [draft.slug, draft]));
  const matched = new Map<TeamFixture, TeamDraft>();
  for (const fixture of fixtures) {
    const draft = byName.get(fixture.name);
    if (draft !== undefined) matched.set(fixture, draft);
  }
  const taken = new Set(matched.values());
  for (const fixture of fixtures) {
    const draft = bySlug.get(fixture.slug);
    if (!matched.has(fixture) && draft !== undefined && !taken.has(draft)) matched.set(fixture, draft);
  }
  return matched;
}

/** The slugs that stay where they are: of teams that the file does not name, and of those whom these are in the way. */
function keptSlugs(
  drafts: readonly TeamDraft[],
  of: ReadonlyMap<TeamFixture, TeamDraft>,
): Map<string, TeamDraft> {
  const named = new Set(of.values());
  const kept = new Map(drafts.filter((draft) => !named.has(draft)).map((draft) => [draft.slug, draft]));
  let moving = [...of];
  for (;;) {
    const stuck = moving.filter(([fixture]) => kept.has(fixture.slug));
    if (stuck.length === 0) return kept;
    for (const [, draft] of stuck) kept.set(draft.slug, draft);
    moving = moving.filter((pair) => !stuck.includes(pair));
  }
}

function changeTeam(draft: TeamDraft, fixture: TeamFixture, holder: TeamDraft | undefined): PlanItem[] {
  const slug = holder === undefined ? fixture.slug : draft.slug;
  const changes = [...changeOf('name', draft.name, fixture.name), ...changeOf('slug', draft.slug, slug)];
  draft.name = fixture.name;
  draft.slug = slug;
  return [
    ...(changes.length === 0 ? [] : [planItem('change', { ...place(fixture), changes })]),
    ...(holder === undefined ? [] : [slugTaken(fixture, holder, `it keeps ${slug}`)]),
  ];
}

function slugTaken(fixture: TeamFixture, holder: TeamDraft, consequence: string): PlanItem {
  const reason = `its slug would be ${fixture.slug}, which team "${holder.name}" has: ${consequence}. Rename one of them, or give this one a \`slug\``;
  return planItem('skip', { ...place(fixture), reason });
}

const place = (fixture: TeamFixture) => ({
  kind: 'team' as const,
  name: fixture.name,
  line: fixture.at.line,
});
