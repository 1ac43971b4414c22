import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';

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

/** Inserts a team; undefined when the slug is taken. */
export function insertTeam(db: Queryable, now: Date, slug: string, name: string) {
  return db.maybe<{ id: number }>(sql`
    insert into teams (slug, name, created_at) values (${slug}, ${name}, ${now})
    on conflict (slug) do nothing returning id`);
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
