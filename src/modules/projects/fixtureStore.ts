import sql from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';
import type { DirectoryLock } from '../teams/index.ts';

// What a fixture file reads and writes, in as many statements for ten thousand rows as for one. Ids that stand in
// DSNs are texts on the way: a JavaScript number ends at 2^53.

export interface ProjectFactsRow {
  id: number;
  public_id: string;
  name: string;
  slug: string;
  team_id: number;
  platform: string | null;
  fixture: string | null;
}

export function selectProjectFacts(db: Queryable): Promise<ProjectFactsRow[]> {
  return db.many<ProjectFactsRow>(sql`
    select id, public_id::text, name, slug, team_id, platform, fixture from projects order by id`);
}

export interface KeyFactsRow {
  id: number;
  project_id: number;
  public_key: string;
  sealed_secret: string | null;
  state: 'active' | 'retiring' | 'revoked';
}

/** Oldest first. */
export function selectKeyFacts(db: Queryable): Promise<KeyFactsRow[]> {
  return db.many<KeyFactsRow>(sql`
    select id, project_id, public_key, sealed_secret, state from project_keys order by id`);
}

/** Which of these public keys were revoked with projects that are gone. */
export async function selectRevokedKeys(db: Queryable, publicKeys: readonly string[]): Promise<string[]> {
  const rows = await db.many<{ public_key: string }>(sql`
    select public_key from revoked_keys where public_key = any(${publicKeys}::text[])`);
  return rows.map((row) => row.public_key);
}

export interface ProjectWrite {
  publicId: bigint;
  name: string;
  slug: string;
  teamId: number;
  platform: string | null;
}

/** Changes projects; in one statement, so that two may change places. */
export async function updateProjects(
  { tx }: DirectoryLock,
  projects: readonly (ProjectWrite & { id: number })[],
): Promise<void> {
  if (projects.length === 0) return;
  await tx.run(sql`
    update projects p
    set public_id = n.public_id, name = n.name, slug = n.slug, team_id = n.team_id, platform = n.platform
    from unnest(${projects.map((project) => project.id)}::bigint[],
                ${projects.map((project) => String(project.publicId))}::bigint[],
                ${projects.map((project) => project.name)}::text[],
                ${projects.map((project) => project.slug)}::text[],
                ${projects.map((project) => project.teamId)}::bigint[],
                ${projects.map((project) => project.platform)}::text[])
      as n (id, public_id, name, slug, team_id, platform)
    where p.id = n.id`);
}

/** Creates projects in the name of a file; answers their ids by public id. */
export async function insertProjects(
  { tx }: DirectoryLock,
  now: Date,
  fixture: string,
  projects: readonly ProjectWrite[],
): Promise<Map<bigint, number>> {
  if (projects.length === 0) return new Map();
  const rows = await tx.many<{ id: number; public_id: string }>(sql`
    insert into projects (public_id, name, slug, team_id, platform, fixture, created_at)
    select n.public_id, n.name, n.slug, n.team_id, n.platform, ${fixture}, ${now}
    from unnest(${projects.map((project) => String(project.publicId))}::bigint[],
                ${projects.map((project) => project.name)}::text[],
                ${projects.map((project) => project.slug)}::text[],
                ${projects.map((project) => project.teamId)}::bigint[],
                ${projects.map((project) => project.platform)}::text[])
      with ordinality as n (public_id, name, slug, team_id, platform, position)
    order by n.position returning id, public_id::text`);
  return new Map(rows.map((row) => [BigInt(row.public_id), row.id]));
}

/** Deletes projects with their keys. Those that were revoked are remembered: nobody gets them again. */
export async function deleteProjects({ tx }: DirectoryLock, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    with remembered as (
      insert into revoked_keys (public_key, revoked_at)
      select public_key, revoked_at from project_keys
      where project_id = any(${ids}::bigint[]) and state = 'revoked')
    delete from projects where id = any(${ids}::bigint[])`);
}

export interface KeyWrite {
  publicKey: string;
  /** undefined leaves what is stored. */
  sealedSecret: string | undefined;
}

/** Gives keys other values, and makes them active. */
export async function updateKeys(
  { tx }: DirectoryLock,
  keys: readonly (KeyWrite & { id: number; state: KeyFactsRow['state'] })[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.run(sql`
    update project_keys k
    set public_key = n.public_key, sealed_secret = coalesce(n.sealed_secret, k.sealed_secret), state = n.state,
        retiring_at = case when n.state = 'retiring' then k.retiring_at end
    from unnest(${keys.map((key) => key.id)}::bigint[], ${keys.map((key) => key.publicKey)}::text[],
                ${keys.map((key) => key.sealedSecret ?? null)}::text[], ${keys.map((key) => key.state)}::text[])
      as n (id, public_key, sealed_secret, state)
    where k.id = n.id`);
}

export async function insertKeys(
  { tx }: DirectoryLock,
  now: Date,
  keys: readonly (KeyWrite & { projectId: number })[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.run(sql`
    insert into project_keys (project_id, public_key, sealed_secret, created_at)
    select n.project_id, n.public_key, n.sealed_secret, ${now}
    from unnest(${keys.map((key) => key.projectId)}::bigint[], ${keys.map((key) => key.publicKey)}::text[],
                ${keys.map((key) => key.sealedSecret ?? null)}::text[])
      with ordinality as n (project_id, public_key, sealed_secret, position)
    order by n.position`);
}

/** After ids were given from outside: those drawn from now on lie above all of them. */
export async function advancePublicIds({ tx }: DirectoryLock): Promise<void> {
  await tx.run(sql`
    select setval('project_public_ids', highest)
    from (select max(public_id) as highest from projects) p, project_public_ids s
    where highest > s.last_value or (highest = s.last_value and not s.is_called)`);
}
