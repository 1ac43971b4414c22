import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Queryable } from '../../platform/db/database.ts';
import type { DirectoryLock } from '../teams/index.ts';

export interface ProjectRow {
  /** Internal, and for good. */
  id: number;
  /** A text: a number of JavaScript does not hold it. */
  public_id: string;
  slug: string;
  name: string;
  team_id: number;
  /** The slug of its team. */
  team: string;
  platform: string | null;
  created_at: Date;
  /** The public key of its oldest active key, else of its oldest retiring one. */
  main_key: string | null;
}

const projectColumns = sql`p.id, p.public_id::text, p.slug, p.name, p.team_id, t.slug as team, p.platform,
  p.created_at, k.public_key as main_key`;
const projectTables = sql`projects p join teams t on t.id = p.team_id
  left join lateral (
    select public_key from project_keys where project_id = p.id and state <> 'revoked'
    order by state = 'active' desc, id limit 1) k on true`;

/** The project with this slug, or else, unless that is null, with this id. */
export function selectProject(
  db: Queryable,
  slug: string,
  publicId: string | null,
): Promise<ProjectRow | undefined> {
  return db.maybe<ProjectRow>(sql`
    select ${projectColumns} from ${projectTables}
    where p.slug = ${slug} or p.public_id = ${publicId}::bigint order by p.slug = ${slug} desc limit 1`);
}

/** The project that the key with this internal id belongs to. */
export function selectProjectOfKey(db: Queryable, keyId: number): Promise<ProjectRow | undefined> {
  return db.maybe<ProjectRow>(sql`
    select ${projectColumns} from ${projectTables}
    where p.id = (select project_id from project_keys where id = ${keyId})`);
}

export interface ProjectFilter {
  teamId?: number | undefined;
  /** A part of the slug or of the name in any case, or the whole id. */
  query?: string | undefined;
  afterSlug?: string | undefined;
  limit: number;
}

/** Projects by slug. */
export function selectProjects(db: Queryable, filter: ProjectFilter): Promise<ProjectRow[]> {
  const conditions: Sql[] = [];
  if (filter.teamId !== undefined) conditions.push(sql`p.team_id = ${filter.teamId}`);
  if (filter.afterSlug !== undefined) conditions.push(sql`p.slug > ${filter.afterSlug}`);
  if (filter.query !== undefined)
    conditions.push(sql`(strpos(p.slug, lower(${filter.query})) > 0
      or strpos(lower(p.name), lower(${filter.query})) > 0 or p.public_id::text = ${filter.query})`);
  const where = conditions.length > 0 ? sql`where ${join(conditions, ' and ')}` : empty;
  return db.many<ProjectRow>(sql`
    select ${projectColumns} from ${projectTables} ${where} order by p.slug limit ${filter.limit}`);
}

/** Another project that has this slug or name, or undefined. */
export function selectTaken(
  { tx }: DirectoryLock,
  wanted: { slug: string; name: string; exceptId?: number },
) {
  return tx.maybe<{ slug: string; name: string; team: string }>(sql`
    select p.slug, p.name, t.slug as team from projects p join teams t on t.id = p.team_id
    where (p.slug = ${wanted.slug} or p.name = ${wanted.name}) and p.id is distinct from ${wanted.exceptId ?? null}
    order by p.name = ${wanted.name} desc limit 1`);
}

/**
 * Draws an id that no project has or had. A fixture may have given away ids that the sequence has still to reach:
 * those are passed over. Fails with SQLSTATE 2200H when all are used up.
 */
export async function drawPublicId({ tx }: DirectoryLock): Promise<string> {
  const { id } = await tx.one<{ id: string }>(sql`
    with recursive drawn as (
      select nextval('project_public_ids') as id
      union all
      select nextval('project_public_ids') from drawn
      where exists (select 1 from projects where public_id = drawn.id))
    select max(id)::text as id from drawn`);
  return id;
}

export interface NewProject {
  publicId: string;
  slug: string;
  name: string;
  teamId: number;
  platform: string | null;
}

export function insertProject({ tx }: DirectoryLock, now: Date, project: NewProject) {
  return tx.one<{ id: number }>(sql`
    insert into projects (public_id, slug, name, team_id, platform, created_at)
    values (${project.publicId}, ${project.slug}, ${project.name}, ${project.teamId}, ${project.platform}, ${now})
    returning id`);
}

export async function updateProjectRow(
  { tx }: DirectoryLock,
  project: Pick<ProjectRow, 'id' | 'slug' | 'name' | 'team_id' | 'platform'>,
): Promise<void> {
  await tx.run(sql`
    update projects set slug = ${project.slug}, name = ${project.name}, team_id = ${project.team_id},
      platform = ${project.platform}
    where id = ${project.id}`);
}
