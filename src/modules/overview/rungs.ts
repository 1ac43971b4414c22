import type { Rung } from '../../contract/apps.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { findApp } from '../apps/index.ts';
import { summariseChecks } from '../checks/index.ts';
import { pathMatcher } from '../configuration/index.ts';
import { currentDeploys } from '../deploys/index.ts';
import { type History, presentCommit, repositoryById } from '../repositories/index.ts';

export interface RungsPage {
  items: Rung[];
  next_cursor: string | null;
  ref: string;
  sha: string;
}

/** The commits of a ref as an app sees them, newest first. */
export async function listRungs(
  db: Db,
  history: History,
  input: { app: string; ref?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<RungsPage> {
  const app = await findApp(db, input.app);
  const repository = await repositoryById(db, app.repositoryId);
  const start = input.cursor === undefined ? await firstPage() : parseCursor(input.cursor);
  const withFiles = app.config.paths.length > 0;
  const found = await history.commits(repository, {
    include: start.sha,
    skip: start.skip,
    limit: input.limit + 1,
    withFiles,
  });
  const commits = found.slice(0, input.limit);
  const affects = pathMatcher(app.config.paths);
  const checks = await summariseChecks(
    db,
    repository.id,
    commits.map((commit) => commit.sha),
  );
  const live = (await currentDeploys(db)).filter((deploy) => deploy.live && deploy.app === app.name);
  return {
    ref: start.ref,
    sha: start.sha,
    items: commits.map((commit) => {
      const { files, ...view } = presentCommit(commit);
      return {
        ...view,
        affects_app: !withFiles || affects(files ?? []),
        live_in: live.filter((deploy) => deploy.sha === commit.sha).map((deploy) => deploy.environment),
        checks: checks(commit.sha),
      };
    }),
    next_cursor: found.length > input.limit ? `${start.sha}.${start.skip + input.limit}.${start.ref}` : null,
  };

  async function firstPage() {
    const ref = input.ref ?? repository.default_branch;
    if (ref === null) {
      throw new AppError('conflict', `repository ${repository.name} has no default branch yet; name a ref`);
    }
    return { ref, sha: await history.resolve(repository, ref), skip: 0 };
  }
}

/** A page is fixed by the commit it began with: a fetch in between moves nothing. */
function parseCursor(cursor: string): { ref: string; sha: string; skip: number } {
  const match = /^([0-9a-f]{40,64})\.(\d{1,9})\.(.+)$/.exec(cursor);
  if (match === null)
    throw new AppError('invalid_input', 'query.cursor: use `next_cursor` of the page before');
  return { sha: match[1] ?? '', skip: Number(match[2]), ref: match[3] ?? '' };
}
