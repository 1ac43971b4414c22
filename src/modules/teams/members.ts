import type { Team } from '../../contract/teams.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { recordTeam } from './recordTeam.ts';
import { deleteMember, lockDirectory } from './store.ts';
import { addToTeam, findTeam, presentTeam } from './teams.ts';

/** Adds a user to a team; doing it twice is no error. */
export async function addTeamMember(
  db: Db,
  now: Date,
  actor: Actor,
  slug: string,
  username: string,
): Promise<Team> {
  return db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    await addToTeam(tx, slug, username);
    const details = { username };
    await recordTeam(lock, now, actor, { action: 'add_member', event: 'member_added', slug, details });
    return presentTeam(await findTeam(tx, slug));
  });
}

/** Removes a user from a team. */
export async function removeTeamMember(
  db: Db,
  now: Date,
  actor: Actor,
  slug: string,
  username: string,
): Promise<Team> {
  return db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const team = await findTeam(tx, slug);
    if ((await deleteMember(tx, team.id, username)) === 0) {
      throw new AppError('not_found', `${username} is not a member of team ${slug}`);
    }
    const details = { username };
    await recordTeam(lock, now, actor, { action: 'remove_member', event: 'member_removed', slug, details });
    return presentTeam(await findTeam(tx, slug));
  });
}
