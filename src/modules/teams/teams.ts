import type { Team } from '../../contract/accounts.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db, Queryable, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import {
  type DirectoryLock,
  deleteMember,
  insertMember,
  insertTeam,
  lockDirectory,
  selectTeams,
  type TeamRow,
} from './store.ts';

export async function listTeams(db: Queryable): Promise<Team[]> {
  return (await selectTeams(db)).map(present);
}

/** Creates a team. A taken slug is a conflict. */
export async function createTeam(db: Db, now: Date, actor: Actor, slug: string, name = slug): Promise<Team> {
  return db.transaction(async (tx) => {
    const created = await insertTeam(await lockDirectory(tx), now, slug, name);
    if (created === undefined) throw new AppError('conflict', `a team ${slug} or "${name}" exists already`);
    await audit(tx, now, actor, 'team.create', slug);
    return { slug, name, members: [] };
  });
}

/** The id of the team, which is created when it is new: configuration may name a team before its people come. */
export async function ensureTeam(
  lock: DirectoryLock,
  now: Date,
  actor: Actor,
  slug: string,
): Promise<number> {
  const [existing] = await selectTeams(lock.tx, slug);
  if (existing !== undefined) return existing.id;
  const created = await insertTeam(lock, now, slug, slug);
  if (created === undefined)
    throw new AppError('conflict', `team ${slug} cannot be made: another team has that name`);
  await audit(lock.tx, now, actor, 'team.create', slug, { because: 'named in the configuration' });
  return created.id;
}

/** Adds a user to a team; doing it twice is no error. */
export async function addTeamMember(
  db: Db,
  now: Date,
  actor: Actor,
  slug: string,
  username: string,
): Promise<Team> {
  return db.transaction(async (tx) => {
    await addToTeam(tx, slug, username);
    await audit(tx, now, actor, 'team.add_member', slug, { username });
    return present(await requireTeam(tx, slug));
  });
}

/** The same within a transaction that does, and audits, more than this. */
export async function addToTeam(tx: Tx, slug: string, username: string): Promise<void> {
  const team = await requireTeam(tx, slug);
  if ((await insertMember(tx, team.id, username)) === 0) throw unknownUser(username);
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
    const team = await requireTeam(tx, slug);
    if ((await deleteMember(tx, team.id, username)) === 0) {
      throw new AppError('not_found', `${username} is not a member of team ${slug}`);
    }
    await audit(tx, now, actor, 'team.remove_member', slug, { username });
    return present(await requireTeam(tx, slug));
  });
}

async function requireTeam(db: Queryable, slug: string): Promise<TeamRow> {
  const [team] = await selectTeams(db, slug);
  if (team === undefined)
    throw new AppError('not_found', `there is no team ${slug}; slipway users teams lists them`);
  return team;
}

const present = ({ slug, name, members }: TeamRow): Team => ({ slug, name, members });
const unknownUser = (username: string) =>
  new AppError('not_found', `there is no user ${username}; slipway users lists them`);
