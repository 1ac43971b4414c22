import type { Team, TeamDetail } from '../../contract/teams.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db, Queryable, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { recordTeam } from './recordTeam.ts';
import {
  type DirectoryLock,
  holdTeam,
  insertMember,
  insertTeam,
  lockDirectory,
  selectAppsOfTeam,
  selectProjectsOfTeam,
  selectTeams,
  type TeamRow,
} from './store.ts';

export async function listTeams(db: Queryable): Promise<Team[]> {
  return (await selectTeams(db)).map(presentTeam);
}

/** A team with its members, and the apps and projects that it owns. */
export async function showTeam(db: Queryable, slug: string): Promise<TeamDetail> {
  const team = await findTeam(db, slug);
  const [apps, projects] = [await selectAppsOfTeam(db, team.id), await selectProjectsOfTeam(db, team.id)];
  return { ...presentTeam(team), apps: apps.map(({ name }) => name), projects };
}

/** Creates a team. A taken slug or name is a conflict. */
export async function createTeam(db: Db, now: Date, actor: Actor, slug: string, name = slug): Promise<Team> {
  return db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const created = await insertTeam(lock, now, slug, name);
    if (created === undefined) throw teamTaken(slug, name);
    await recordTeam(lock, now, actor, { action: 'create', event: 'created', slug });
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
  const details = { because: 'named in the configuration' };
  await recordTeam(lock, now, actor, { action: 'create', event: 'created', slug, details });
  return created.id;
}

/** Adds a user to a team, within a transaction that does, and audits, more than this. */
export async function addToTeam(tx: Tx, slug: string, username: string): Promise<void> {
  const team = await holdTeam(tx, slug);
  if (team === undefined) throw noTeam(slug);
  if ((await insertMember(tx, team.id, username)) === 0)
    throw new AppError('not_found', `there is no user ${username}; slipway users lists them`);
}

/** The team with this slug; not_found says where to look. */
export async function findTeam(db: Queryable, slug: string): Promise<TeamRow> {
  const [team] = await selectTeams(db, slug);
  if (team === undefined) throw noTeam(slug);
  return team;
}

const noTeam = (slug: string) =>
  new AppError('not_found', `there is no team ${slug}; slipway teams lists them`);

export const teamTaken = (slug: string, name: string) =>
  new AppError('conflict', `a team ${slug} or "${name}" exists already`);

export const presentTeam = ({ slug, name, members }: TeamRow): Team => ({ slug, name, members });
