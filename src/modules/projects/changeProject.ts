import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { type DirectoryLock, findTeam } from '../teams/index.ts';
import { assertFree } from './assertFree.ts';
import { assertMayChange, findProject } from './projects.ts';
import { recordProject } from './recordProject.ts';
import { type ProjectRow, updateProjectRow } from './store.ts';

export interface ProjectChanges {
  name?: string | undefined;
  slug?: string | undefined;
  platform?: string | null | undefined;
  team?: string | undefined;
}

/** Renames a project or moves it to another team. Its id and keys, and so its DSNs, stay. */
export async function changeProject(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  reference: string,
  changes: ProjectChanges,
): Promise<ProjectRow> {
  if (Object.values(changes).every((value) => value === undefined))
    throw new AppError('invalid_input', 'body: say what to change: name, slug, platform or team');
  const project = await findProject(lock.tx, reference);
  assertMayChange(actor, `change project ${project.slug}`, project.team);
  const changed = { ...project, ...(await teamOf(lock, actor, project, changes.team)), ...given(changes) };
  const difference = differenceOf(project, changed);
  if (difference === undefined) return project;
  await assertFree(lock, { slug: changed.slug, name: changed.name, exceptId: project.id });
  await updateProjectRow(lock, changed);
  await recordProject(lock, now, actor, {
    action: changed.team === project.team ? 'update' : 'move',
    event: changed.team === project.team ? 'updated' : 'moved',
    project: changed,
    details: difference,
  });
  return changed;
}

/** Where it moves to: that takes somebody who may act in both teams. */
async function teamOf(
  { tx }: DirectoryLock,
  actor: Actor,
  project: ProjectRow,
  slug: string | undefined,
): Promise<Pick<ProjectRow, 'team' | 'team_id'>> {
  if (slug === undefined) return project;
  const team = await findTeam(tx, slug);
  assertMayChange(actor, `move project ${project.slug} to team ${team.slug}`, team.slug);
  return { team: team.slug, team_id: team.id };
}

const given = ({ name, slug, platform }: ProjectChanges): Partial<ProjectRow> => ({
  ...(name === undefined ? {} : { name }),
  ...(slug === undefined ? {} : { slug }),
  ...(platform === undefined ? {} : { platform }),
});

const fields = ['name', 'slug', 'platform', 'team'] as const;

/** The fields that differ, before and after; undefined when none does. */
function differenceOf(before: ProjectRow, after: ProjectRow) {
  const changed = fields.filter((field) => before[field] !== after[field]);
  if (changed.length === 0) return undefined;
  const pick = (row: ProjectRow) => Object.fromEntries(changed.map((field) => [field, row[field]]));
  return { from: pick(before), to: pick(after) };
}
