import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { DirectoryLock } from '../teams/index.ts';
import { deleteProjects } from './fixtureStore.ts';
import { findProject } from './projects.ts';
import { recordProject } from './recordProject.ts';

/** Deletes a project with its keys. `confirm` must be its slug, also when it was named by its id. */
export async function deleteProject(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  reference: string,
  confirm: string | undefined,
): Promise<void> {
  const project = await findProject(lock.tx, reference);
  if (confirm !== project.slug) {
    throw new AppError(
      'invalid_input',
      `query.confirm: deleting project ${project.slug} takes its slug: "${project.slug}"`,
    );
  }
  await deleteProjects(lock, [project.id]);
  const details = { name: project.name, team: project.team };
  await recordProject(lock, now, actor, { action: 'delete', event: 'deleted', project, details });
}
