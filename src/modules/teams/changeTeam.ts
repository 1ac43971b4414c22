import type { Team } from '../../contract/teams.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { recordTeam } from './recordTeam.ts';
import { lockDirectory, updateTeamRow } from './store.ts';
import { findTeam, presentTeam, teamTaken } from './teams.ts';

/** Gives a team another slug or name. A taken one is a conflict; what it has already changes nothing. */
export async function changeTeam(
  db: Db,
  now: Date,
  actor: Actor,
  slug: string,
  changes: { slug?: string | undefined; name?: string | undefined },
): Promise<Team> {
  if (changes.slug === undefined && changes.name === undefined)
    throw new AppError('invalid_input', 'body: say what to change: slug or name');
  return db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const team = await findTeam(tx, slug);
    const changed = { ...team, slug: changes.slug ?? team.slug, name: changes.name ?? team.name };
    if (changed.slug === team.slug && changed.name === team.name) return presentTeam(team);
    if (!(await updateTeamRow(lock, changed))) throw teamTaken(changed.slug, changed.name);
    await recordTeam(lock, now, actor, {
      action: 'update',
      event: 'updated',
      slug: changed.slug,
      details: {
        from: { slug: team.slug, name: team.name },
        to: { slug: changed.slug, name: changed.name },
      },
    });
    return presentTeam(changed);
  });
}
