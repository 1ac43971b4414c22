import type { Rung } from '../../contract/apps.ts';
import type { Db } from '../../platform/db/database.ts';
import { findApp } from '../apps/index.ts';
import { summariseChecks } from '../checks/index.ts';
import { pathMatcher } from '../configuration/index.ts';
import { currentDeploys } from '../deploys/index.ts';
import { type History, historyPage, presentCommit, repositoryById } from '../repositories/index.ts';

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
  const withFiles = app.config.paths.length > 0;
  const { commits, ...page } = await historyPage(history, repository, { ...input, withFiles });
  const affects = pathMatcher(app.config.paths);
  const checks = await summariseChecks(
    db,
    repository.id,
    commits.map((commit) => commit.sha),
  );
  const live = (await currentDeploys(db)).filter((deploy) => deploy.live && deploy.app === app.name);
  return {
    ...page,
    items: commits.map((commit) => {
      const { files, ...view } = presentCommit(commit);
      return {
        ...view,
        affects_app: !withFiles || affects(files ?? []),
        live_in: live.filter((deploy) => deploy.sha === commit.sha).map((deploy) => deploy.environment),
        checks: checks(commit.sha),
      };
    }),
  };
}
