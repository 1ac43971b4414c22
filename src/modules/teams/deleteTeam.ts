import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { recordTeam } from './recordTeam.ts';
import {
  type DirectoryLock,
  deleteTeamRow,
  lockDirectory,
  selectAppsOfTeam,
  selectProjectsOfTeam,
  type TeamRow,
} from './store.ts';
import { findTeam } from './teams.ts';

/** Deletes a team that owns nothing. `confirm` must repeat its slug. */
export async function deleteTeam(
  db: Db,
  now: Date,
  actor: Actor,
  slug: string,
  confirm: string | undefined,
): Promise<void> {
  await db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const team = await findTeam(tx, slug);
    if (confirm !== slug)
      throw new AppError('invalid_input', `query.confirm: deleting team ${slug} takes its slug: "${slug}"`);
    await assertOwnsNothing(lock, team);
    await deleteTeamRow(lock, team.id);
    await recordTeam(lock, now, actor, {
      action: 'delete',
      event: 'deleted',
      slug,
      details: { name: team.name, members: team.members },
    });
  });
}

async function assertOwnsNothing({ tx }: DirectoryLock, { id, slug }: TeamRow): Promise<void> {
  const apps = (await selectAppsOfTeam(tx, id)).map(({ name }) => name);
  const projects = (await selectProjectsOfTeam(tx, id)).map((project) => project.slug);
  if (apps.length + projects.length === 0) return;
  const owned = [...listed('app', apps), ...listed('project', projects)].join(' and ');
  const ways = [
    ...(apps.length > 0 ? ['give its apps another team in slipway.yml and apply it'] : []),
    ...(projects.length > 0 ? ['move its projects: slipway projects move PROJECT TEAM'] : []),
  ].join('; ');
  throw new AppError('conflict', `team ${slug} still owns ${owned}. First ${ways}`, { apps, projects });
}

const shown = 10;

function listed(noun: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  return [`${noun}${names.length === 1 ? '' : 's'} ${names.slice(0, shown).join(', ')}${more}`];
}
