import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';
import type { DirectoryLock } from './store.ts';

// What a fixture file reads and writes, in as many statements for ten thousand rows as for one.

export interface TeamFactsRow {
  id: number;
  name: string;
  slug: string;
  fixture: string | null;
  apps: number;
}

export function selectTeamFacts(db: Queryable): Promise<TeamFactsRow[]> {
  return db.many<TeamFactsRow>(sql`
    select t.id, t.name, t.slug, t.fixture, (select count(*) from apps a where a.team_id = t.id) as apps
    from teams t order by t.id`);
}

export interface TeamWrite {
  name: string;
  slug: string;
}

/** Changes names and slugs; in one statement, so that two teams may change places. */
export async function updateTeams(
  { tx }: DirectoryLock,
  teams: readonly (TeamWrite & { id: number })[],
): Promise<void> {
  if (teams.length === 0) return;
  await tx.run(sql`
    update teams t set name = n.name, slug = n.slug
    from unnest(${teams.map((team) => team.id)}::bigint[], ${teams.map((team) => team.name)}::text[],
                ${teams.map((team) => team.slug)}::text[]) as n (id, name, slug)
    where t.id = n.id`);
}

/** Creates teams in the name of a file; answers their ids by slug. */
export async function insertTeams(
  { tx }: DirectoryLock,
  now: Date,
  fixture: string,
  teams: readonly TeamWrite[],
): Promise<Map<string, number>> {
  if (teams.length === 0) return new Map();
  const rows = await tx.many<{ id: number; slug: string }>(sql`
    insert into teams (name, slug, fixture, created_at)
    select n.name, n.slug, ${fixture}, ${now}
    from unnest(${teams.map((team) => team.name)}::text[], ${teams.map((team) => team.slug)}::text[])
      with ordinality as n (name, slug, position)
    order by n.position returning id, slug`);
  return new Map(rows.map((row) => [row.slug, row.id]));
}

export async function deleteTeams({ tx }: DirectoryLock, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await tx.run(sql`delete from teams where id = any(${ids}::bigint[])`);
}

/** Ids of the teams of a user. */
export async function selectTeamsOfUser(db: Queryable, userId: number): Promise<number[]> {
  const rows = await db.many<{ team_id: number }>(
    sql`select team_id from team_members where user_id = ${userId}`,
  );
  return rows.map((row) => row.team_id);
}

/** Makes a user a member of these teams; of some they may be one already. */
export async function joinTeams(
  { tx }: DirectoryLock,
  userId: number,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    insert into team_members (team_id, user_id) select team, ${userId} from unnest(${ids}::bigint[]) as team
    on conflict (team_id, user_id) do nothing`);
}
