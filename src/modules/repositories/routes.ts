import { api } from '../../contract/index.ts';
import { type Actor, assertJobAccess } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Router } from '../../platform/http/router.ts';
import { checksOf, reportCheck } from '../checks/index.ts';
import { deleteRepository } from './deleteRepository.ts';
import { type History, presentCommit } from './history.ts';
import { historyPage } from './historyPage.ts';
import { assertMayWorkOn } from './mayWorkOn.ts';
import { readCheckReport } from './readCheckReport.ts';
import { findRepository, listRepositories, presentRepository, requestFetch } from './repositories.ts';

export function registerRepositoryRoutes(router: Router, db: Db, history: History, publicUrl: string): void {
  router.add(api.listRepositories, async () => ({ items: await listRepositories(db, publicUrl) }));
  router.add(api.showRepository, async ({ params }) =>
    presentRepository(await findRepository(db, params.repository), publicUrl),
  );
  router.add(api.fetchRepository, ({ params, actor, now }) =>
    requestFetch(db, now, actor, params.repository, publicUrl),
  );
  router.add(api.deleteRepository, async ({ params, query, actor, now }) => {
    await deleteRepository(db, now, actor, params.repository, query.confirm);
    return undefined;
  });

  router.add(api.listRefs, async ({ params, query }) => {
    const repository = await findRepository(db, params.repository);
    const search = query.search?.toLowerCase();
    const all = (await history.refs(repository)).filter(
      (ref) =>
        (query.kind === undefined || ref.kind === query.kind) &&
        (search === undefined || ref.name.toLowerCase().includes(search)),
    );
    const items = all.slice(0, query.limit).map((ref) => ({
      kind: ref.kind,
      name: ref.name,
      sha: ref.sha,
      committed_at: ref.committedAt.toISOString(),
      subject: ref.subject,
      default: ref.kind === 'branch' && ref.name === repository.default_branch,
    }));
    return { items, total: all.length };
  });

  router.add(api.listCommits, async ({ params, query }) => {
    const repository = await findRepository(db, params.repository);
    const { commits, next_cursor } = await historyPage(history, repository, query);
    return { items: commits.map(presentCommit), next_cursor };
  });

  router.add(api.showCommit, async ({ params }) => {
    const repository = await findRepository(db, params.repository);
    const sha = await history.resolve(repository, params.sha);
    const commit = await history.commit(repository, sha);
    return { ...presentCommit(commit), checks: await checksOf(db, repository.id, sha) };
  });
  registerCheckRoutes(router, db, history);
}

function registerCheckRoutes(router: Router, db: Db, history: History): void {
  router.add(api.reportCheck, async ({ params, body, actor, now }) => {
    const repository = await findRepository(db, params.repository).catch((error: unknown) => {
      // A job is not told which other repositories there are.
      throw actor.job !== undefined && error instanceof AppError ? foreign() : error;
    });
    if (actor.job === undefined) assertMayWorkOn(actor, repository, 'report checks');
    else assertJobMayReport(actor.job, repository, body.state === undefined ? 'checks' : 'statuses');
    const sha = await history.resolve(repository, params.sha);
    return reportCheck(db, now, actor, {
      repositoryId: repository.id,
      repository: repository.name,
      sha,
      ...readCheckReport(body, sha),
    });
  });
}

const foreign = () => new AppError('forbidden', 'the token of a job opens its own repository only');

/** A job says something of its own repository only. */
function assertJobMayReport(
  { repositoryId, permissions }: NonNullable<Actor['job']>,
  { id }: { readonly id: number },
  permission: 'checks' | 'statuses',
): void {
  if (repositoryId !== id) throw foreign();
  assertJobAccess(permissions, [permission]);
}
