import type { Project } from '../../contract/projects.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findTeam } from '../teams/index.ts';
import { type DsnSource, presentProject } from './present.ts';
import { selectProjects } from './store.ts';

export interface ProjectsQuery {
  team?: string | undefined;
  query?: string | undefined;
  /** The slug that the page before ended with. */
  cursor?: string | undefined;
  limit: number;
}

/** A page of projects by slug. */
export async function listProjects(
  db: Queryable,
  source: DsnSource,
  actor: Actor,
  { team, query, cursor, limit }: ProjectsQuery,
): Promise<{ items: Project[]; next_cursor: string | null }> {
  if (cursor !== undefined && !/^[a-z0-9][a-z0-9-]{0,62}$/.test(cursor))
    throw new AppError('invalid_input', 'query.cursor: use `next_cursor` of the page before');
  const teamId = team === undefined ? undefined : (await findTeam(db, team)).id;
  const rows = await selectProjects(db, { teamId, query, afterSlug: cursor, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    items: shown.map((row) => presentProject(source, actor, row)),
    next_cursor: rows.length > limit ? (shown.at(-1)?.slug ?? null) : null,
  };
}
