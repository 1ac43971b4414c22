import type { z } from 'zod';
import type { Change, Changes, ChangesSummary } from '../../contract/deploys.ts';
import type { Commit as CommitView } from '../../contract/repositories.ts';
import type { Db, Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Comparison } from '../../platform/git/index.ts';
import { type Environment, findEnvironment } from '../apps/index.ts';
import { summariseChecks } from '../checks/index.ts';
import { pathMatcher } from '../configuration/index.ts';
import { type History, presentCommit, type RepositoryRow, repositoryById } from '../repositories/index.ts';
import { deployName } from './deploy.ts';
import { type DeployId, findDeploy } from './findDeploy.ts';
import { resolveCandidate } from './resolveCandidate.ts';
import { type DeployRow, selectLive } from './store.ts';

type Summary = z.infer<typeof ChangesSummary>;

/** Two commits to compare for an app: what is live (or was), and what would be (or was) shipped. */
interface Span {
  readonly from: string | null;
  readonly fromDeploy: string | null;
  readonly to: string;
  readonly ref: string;
}

/** The commits between what is live in an environment and a candidate, by pages. */
export async function listChanges(
  db: Db,
  history: History,
  input: {
    app: string;
    environment: string;
    ref?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<Changes> {
  const environment = await findEnvironment(db, input.app, input.environment);
  const page = input.cursor === undefined ? undefined : parseCursor(input.cursor);
  const [repository, span] = await Promise.all([
    repositoryById(db, environment.repositoryId),
    page?.span ?? spanOf(db, history, environment, input.ref),
  ]);
  return pageOfChanges(db, history, repository, environment.config.paths, span, page?.skip ?? 0, input.limit);
}

/** The commits that a deploy took out or away. */
export async function changesOfDeploy(
  db: Db,
  history: History,
  id: DeployId,
  input: { cursor?: string | undefined; limit: number },
): Promise<Changes> {
  const deploy = await findDeploy(db, id);
  const repository = await repositoryById(db, deploy.repository_id);
  const skip = input.cursor === undefined ? 0 : parseCursor(input.cursor).skip;
  const before = await standingBefore(db, deploy);
  const span = { from: before.sha, fromDeploy: before.name, to: deploy.sha, ref: deploy.ref };
  return pageOfChanges(db, history, repository, deploy.config.paths, span, skip, input.limit);
}

/** What stood there before a deploy. One that ended without having started took nothing out or away. */
async function standingBefore(
  db: Db,
  deploy: DeployRow,
): Promise<{ sha: string | null; name: string | null }> {
  if (deploy.started_at !== null) return { sha: deploy.previous_sha, name: null };
  if (deploy.finished_at !== null) return { sha: deploy.sha, name: null };
  return liveIn(db, await findEnvironment(db, deploy.app, deploy.environment));
}

/** How a candidate stands to what is live, in numbers. */
export async function summariseChanges(
  db: Db,
  history: History,
  environment: Environment,
  ref: string | undefined,
): Promise<Summary> {
  const [repository, span] = await Promise.all([
    repositoryById(db, environment.repositoryId),
    spanOf(db, history, environment, ref),
  ]);
  const [comparison, tip] = await Promise.all([
    history.compare(repository, span.from, span.to),
    tipOf(history, repository, span),
  ]);
  return summarise(repository, span, comparison, tip);
}

async function spanOf(
  db: Db,
  history: History,
  environment: Environment,
  ref: string | undefined,
): Promise<Span> {
  const [candidate, live] = await Promise.all([
    resolveCandidate(db, history, environment, ref),
    liveIn(db, environment),
  ]);
  return { from: live.sha, fromDeploy: live.name, to: candidate.sha, ref: candidate.ref };
}

async function liveIn(
  db: Queryable,
  environment: Environment,
): Promise<{ sha: string | null; name: string | null }> {
  const live = await selectLive(db, environment.id);
  if (live === undefined) return { sha: null, name: null };
  return { sha: live.sha, name: deployName(live.app, live.environment, live.number) };
}

/** The candidate itself, for those who have not listed it anyway. */
async function tipOf(
  history: History,
  repository: RepositoryRow,
  span: Span,
): Promise<CommitView | undefined> {
  const [tip] = await history.commits(repository, { include: span.to, limit: 1 });
  return tip && presentCommit(tip);
}

function summarise(
  repository: RepositoryRow,
  span: Span,
  comparison: Comparison,
  tip: CommitView | undefined,
): Summary {
  return {
    relation: comparison.relation,
    live_sha: span.from,
    live_deploy: span.fromDeploy,
    candidate: {
      ref: span.ref,
      sha: span.to,
      subject: tip?.subject ?? '',
      author_name: tip?.author_name ?? '',
    },
    out: comparison.ahead,
    away: comparison.behind,
    fetched_at: repository.fetched_at?.toISOString() ?? null,
  };
}

/** What goes out comes first, then what is taken away; each newest first. */
async function pageOfChanges(
  db: Queryable,
  history: History,
  repository: RepositoryRow,
  paths: readonly string[],
  span: Span,
  skip: number,
  limit: number,
): Promise<Changes> {
  const list = (direction: Change['direction'], from: number, count: number) =>
    listDirection(history, repository, paths, span, { direction, skip: from, limit: count });
  // Counting and the first page each take a walk through the history: neither waits for the other.
  const [comparison, first] = await Promise.all([
    history.compare(repository, span.from, span.to),
    skip === 0 ? list('out', 0, limit) : [],
  ]);
  const { ahead, behind } = comparison;
  const out = skip === 0 ? first : await list('out', skip, Math.min(limit, ahead - skip));
  const awayFrom = Math.max(0, skip - ahead);
  const [away, tip] = await Promise.all([
    list('away', awayFrom, Math.min(limit - out.length, behind - awayFrom)),
    // The newest of what goes out is the candidate: all others are reachable from it.
    skip === 0 && out[0] !== undefined ? out[0] : tipOf(history, repository, span),
  ]);
  const next = skip + out.length + away.length;
  const more = out.length + away.length > 0 && next < ahead + behind;
  const listed = [...out, ...away];
  const checks = await summariseChecks(
    db,
    repository.id,
    listed.map(({ sha }) => sha),
  );
  return {
    ...summarise(repository, span, comparison, tip),
    items: listed.map((change) => ({ ...change, checks: checks(change.sha) })),
    next_cursor: more ? formatCursor(span, next) : null,
  };
}

async function listDirection(
  history: History,
  repository: RepositoryRow,
  paths: readonly string[],
  span: Span,
  { direction, skip, limit }: { direction: Change['direction']; skip: number; limit: number },
): Promise<Omit<Change, 'checks'>[]> {
  const [include, exclude] = direction === 'out' ? [span.to, span.from] : [span.from, span.to];
  if (limit <= 0 || include === null) return [];
  const affects = pathMatcher([...paths]);
  const withFiles = paths.length > 0;
  const range = { include, skip, limit, withFiles, ...(exclude === null ? {} : { exclude }) };
  const commits = await history.commits(repository, range);
  return commits.map((commit) => {
    const { files, ...view } = presentCommit(commit);
    return { ...view, direction, affects_app: !withFiles || affects(files ?? []) };
  });
}

/** The cursor names the commits themselves, so that a deploy or a fetch in between moves nothing. */
const formatCursor = (span: Span, skip: number): string =>
  `${span.from ?? '-'}.${span.to}.${skip}.${span.fromDeploy ?? ''}.${span.ref}`;

function parseCursor(cursor: string): { span: Span; skip: number } {
  const match = /^(-|[0-9a-f]{40,64})\.([0-9a-f]{40,64})\.(\d{1,9})\.([^.]*)\.(.+)$/.exec(cursor);
  if (match === null)
    throw new AppError('invalid_input', 'query.cursor: use `next_cursor` of the page before');
  const [, from, to = '', skip, fromDeploy, ref = ''] = match;
  return {
    span: { from: from === '-' ? null : (from ?? null), fromDeploy: fromDeploy || null, to, ref },
    skip: Number(skip),
  };
}
