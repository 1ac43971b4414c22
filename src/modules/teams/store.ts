import sql from 'sql-template-tag';
import type { Queryable, Tx } from '../../platform/db/database.ts';

/**
 * Proof that this transaction alone changes teams, projects and their keys: what is decided from them stays true
 * until it ends. Minted by `lockDirectory` only.
 */
export interface DirectoryLock {
  readonly tx: Tx;
  readonly [directoryLocked]: true;
}
declare const directoryLocked: unique symbol;

/** Taken before any other lock of a transaction. */
export async function lockDirectory(tx: Tx): Promise<DirectoryLock> {
  await tx.run(sql`select pg_advisory_xact_lock(7070002)`);
  return { tx } as DirectoryLock;
}

export interface TeamRow {
  id: number;
  slug: string;
  name: string;
  members: string[];
}

export function selectTeams(db: Queryable, slug?: string): Promise<TeamRow[]> {
  return db.many<TeamRow>(sql`
    select t.id, t.slug, t.name,
           coalesce(array_agg(u.username order by u.username) filter (where u.id is not null), '{}') as members
    from teams t
    left join team_members m on m.team_id = t.id
    left join users u on u.id = m.user_id
    where ${slug ?? null}::text is null or t.slug = ${slug ?? null}
    group by t.id order by t.slug`);
}

/** The apps of a team by name. */
export function selectAppsOfTeam(db: Queryable, teamId: number): Promise<{ name: string }[]> {
  return db.many<{ name: string }>(sql`select name from apps where team_id = ${teamId} order by name`);
}

/** The projects of a team by slug. */
export function selectProjectsOfTeam(db: Queryable, teamId: number) {
  return db.many<{ id: string; slug: string; name: string }>(sql`
    select public_id::text as id, slug, name from projects where team_id = ${teamId} order by slug`);
}

/** Inserts a team; undefined when the slug or the name is taken. */
export function insertTeam({ tx }: DirectoryLock, now: Date, slug: string, name: string) {
  return tx.maybe<{ id: number }>(sql`
    insert into teams (slug, name, created_at) select ${slug}, ${name}, ${now}
    where not exists (select 1 from teams where slug = ${slug} or name = ${name}) returning id`);
}

/** Gives a team another slug and name; false when another team has one of them. */
export async function updateTeamRow({ tx }: DirectoryLock, team: Omit<TeamRow, 'members'>): Promise<boolean> {
  const updated = await tx.run(sql`
    update teams set slug = ${team.slug}, name = ${team.name}
    where id = ${team.id} and not exists (
      select 1 from teams where id <> ${team.id} and (slug = ${team.slug} or name = ${team.name}))`);
  return updated === 1;
}

/** Deletes a team with its memberships. */
export async function deleteTeamRow({ tx }: DirectoryLock, id: number): Promise<void> {
  await tx.run(sql`delete from teams where id = ${id}`);
}

/** Keeps a team from being deleted until the transaction ends; undefined when there is none. */
export function holdTeam(tx: Tx, slug: string): Promise<{ id: number } | undefined> {
  return tx.maybe<{ id: number }>(sql`select id from teams where slug = ${slug} for key share`);
}

export function insertMember(db: Queryable, teamId: number, username: string): Promise<number> {
  return db.run(sql`
    insert into team_members (team_id, user_id) select ${teamId}, id from users where username = ${username}
    on conflict (team_id, user_id) do update set team_id = excluded.team_id`);
}

export function deleteMember(db: Queryable, teamId: number, username: string): Promise<number> {
  return db.run(sql`
    delete from team_members m using users u
    where m.team_id = ${teamId} and u.id = m.user_id and u.username = ${username}`);
}
