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

/** Inserts a team; undefined when the slug or the name is taken. */
export function insertTeam({ tx }: DirectoryLock, now: Date, slug: string, name: string) {
  return tx.maybe<{ id: number }>(sql`
    insert into teams (slug, name, created_at) select ${slug}, ${name}, ${now}
    where not exists (select 1 from teams where slug = ${slug} or name = ${name}) returning id`);
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
