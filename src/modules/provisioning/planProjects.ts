import type { PlanItem } from '../../contract/provisioning.ts';
import type { ProjectFixture } from '../configuration/index.ts';
import { type Claim, type Claims, openClaims } from './claims.ts';
import { type ProjectDraft, planItem, type TeamDraft } from './drafts.ts';
import type { DirectoryFacts } from './facts.ts';
import { type ProjectEntry, type ProjectOptions, type Settled, settleProject } from './settleProject.ts';

/** Deletes what a file of this name created, unless it names it still. */
export interface PruneProjects {
  readonly fixture: string;
  readonly named: readonly ProjectFixture[];
}

export interface ProjectsPlan {
  /** Every project there will be that is new or differs. */
  readonly written: readonly ProjectDraft[];
  readonly deleted: readonly ProjectDraft[];
  /** Every project there will be. */
  readonly remaining: readonly ProjectDraft[];
  /** Of the entry with the same index; undefined when nothing differs. */
  readonly items: readonly (PlanItem | undefined)[];
  readonly pruned: readonly PlanItem[];
}

/**
 * Decides each project in the order of the file; what an earlier entry decided holds for the later ones. An entry
 * that is skipped is decided again when the name, id, slug or key that was in its way comes free, so that a plan
 * made after this one was carried out finds nothing left to change.
 */
export function planProjects(
  facts: DirectoryFacts,
  teams: readonly TeamDraft[],
  entries: readonly ProjectEntry[],
  options: ProjectOptions & { prune: PruneProjects | null },
): ProjectsPlan {
  const drafts = draftProjects(facts, teams);
  const pruned = new Set(options.prune === null ? [] : prunable(drafts, options.prune));
  const claims = openClaims(drafts.filter((draft) => !pruned.has(draft)));
  const settled = settleAll(claims, entries, options);
  const replaced = settled.flatMap((one) => (one.kind === 'replaced' ? [one.former] : []));
  const made = settled.flatMap((one) =>
    one.kind === 'created' || one.kind === 'replaced' ? [one.project] : [],
  );
  const changed = settled.flatMap((one) => (one.kind === 'changed' ? [one.project] : []));
  const deleted = new Set([...pruned, ...replaced]);
  return {
    written: [...made, ...changed],
    deleted: [...deleted],
    remaining: [...drafts.filter((draft) => !deleted.has(draft)), ...made],
    items: settled.map((one) => (one.kind === 'unchanged' ? undefined : one.item)),
    pruned: [...pruned].map(pruneItem),
  };
}

function draftProjects(facts: DirectoryFacts, teams: readonly TeamDraft[]): ProjectDraft[] {
  const teamOf = new Map(teams.map((team) => [team.stored?.id, team]));
  const keysOf = Map.groupBy(facts.keys, (key) => key.projectId);
  return facts.projects.map((stored) => {
    const { publicId, name, slug, platform } = stored;
    const team = teamOf.get(stored.teamId);
    if (team === undefined) throw new Error(`project ${stored.id} belongs to no team that was read`);
    const keys = (keysOf.get(stored.id) ?? []).map((key) => ({
      stored: key,
      publicKey: key.publicKey,
      secret: undefined,
      state: key.state,
    }));
    return { stored, publicId, name, slug, platform, team, keys };
  });
}

/** What a file of this name created and no longer names, neither by name nor by id. */
function prunable(drafts: readonly ProjectDraft[], { fixture, named }: PruneProjects): ProjectDraft[] {
  const names = new Set(named.map((project) => project.name));
  const ids = new Set(named.map((project) => project.publicId));
  return drafts.filter(
    (draft) => draft.stored?.fixture === fixture && !names.has(draft.name) && !ids.has(draft.publicId),
  );
}

function settleAll(claims: Claims, entries: readonly ProjectEntry[], options: ProjectOptions): Settled[] {
  const settled = new Map<ProjectEntry, Settled>();
  const waiting = new Map<Claim, Set<ProjectEntry>>();
  const queue = [...entries];
  for (const entry of queue) {
    if (settled.has(entry) && settled.get(entry)?.kind !== 'blocked') continue;
    const outcome = settleProject(claims, entry, options);
    settled.set(entry, outcome);
    if (outcome.kind === 'blocked') {
      for (const claim of outcome.by) waiting.set(claim, (waiting.get(claim) ?? new Set()).add(entry));
    }
    for (const claim of claims.takeFreed()) {
      queue.push(...(waiting.get(claim) ?? []));
      waiting.delete(claim);
    }
  }
  return entries.map((entry) => settled.get(entry) as Settled);
}

const pruneItem = (project: ProjectDraft): PlanItem =>
  planItem('delete', {
    kind: 'project',
    name: project.name,
    team: project.team.name,
    changes: [{ field: 'id', from: String(project.publicId), to: null }],
  });
