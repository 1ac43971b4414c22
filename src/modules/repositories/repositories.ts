import type { RepositoryConfig } from '../../contract/configuration.ts';
import type { Repository } from '../../contract/repositories.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db, Queryable, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { redact } from '../../platform/git/index.ts';
import { audit } from '../audit/index.ts';
import {
  type RepositoryRow,
  requestFetchOnce,
  requestFetchRow,
  selectRepositories,
  selectRepository,
  upsertRepository,
} from './store.ts';

export async function listRepositories(db: Queryable, publicUrl: string): Promise<Repository[]> {
  return (await selectRepositories(db)).map((row) => presentRepository(row, publicUrl));
}

/** The repository of that name; not_found lists the ones there are. */
export async function findRepository(db: Queryable, name: string): Promise<RepositoryRow> {
  const row = await selectRepository(db, name);
  if (row !== undefined) return row;
  const known = (await selectRepositories(db)).map((repository) => repository.name);
  const list =
    known.length === 0 ? 'there is none yet; declare it in slipway.yml' : `there is ${known.join(', ')}`;
  throw new AppError('not_found', `no repository is named "${name}"; ${list}`, { known });
}

/** Declares a repository. Throws `conflict` rather than let a mirror's first fetch prune what was pushed here. */
export async function saveRepository(tx: Tx, now: Date, config: RepositoryConfig) {
  const before = await selectRepository(tx, config.name);
  if (before !== undefined && isHosted(before) && config.url !== null && before.default_branch !== null) {
    throw new AppError(
      'conflict',
      `Slipway hosts repository ${config.name}, and a mirror of ${redact(config.url)} would replace its branches; declare the mirror under another name`,
    );
  }
  return upsertRepository(tx, now, config);
}

/** Whether people push to it here; otherwise it is a mirror of its url. */
export const isHosted = ({ config }: Pick<RepositoryRow, 'config'>): boolean => config.url === null;

/** Asks the worker for a fetch (of a hosted one: for a look at its refs); answers at once. */
export async function requestFetch(
  db: Db,
  now: Date,
  actor: Actor,
  name: string,
  publicUrl: string,
): Promise<Repository> {
  return db.transaction(async (tx) => {
    const { id } = await findRepository(tx, name);
    await requestFetchRow(tx, now, id);
    await audit(tx, now, actor, 'repository.fetch', name);
    await appendEvent(tx, now, { kind: 'repository.fetch_requested', subject: name, actor: actor.name });
    return presentRepository(await findRepository(tx, name), publicUrl);
  });
}

/** Asks the worker for a fetch because somebody told that there is something to find; many at once ask for one. */
export async function askForFetch(
  tx: Tx,
  now: Date,
  repository: { id: number; name: string },
  actor: string,
): Promise<void> {
  if (!(await requestFetchOnce(tx, now, repository.id))) return;
  await appendEvent(tx, now, { kind: 'repository.fetch_requested', subject: repository.name, actor });
}

export function presentRepository(row: RepositoryRow, publicUrl: string): Repository {
  return {
    name: row.name,
    url: row.config.url === null ? null : redact(row.config.url),
    clone_url: `${publicUrl}/git/${row.name}.git`,
    default_branch: row.default_branch,
    state: stateOf(row),
    fetch_requested_at: row.fetch_requested_at?.toISOString() ?? null,
    fetch_started_at: row.fetch_started_at?.toISOString() ?? null,
    fetch_finished_at: row.fetch_finished_at?.toISOString() ?? null,
    fetched_at: row.fetched_at?.toISOString() ?? null,
    failing:
      row.failing_since === null
        ? null
        : {
            since: row.failing_since.toISOString(),
            kind: row.failure_kind ?? 'unknown',
            message: row.failure_message ?? '',
          },
    apps: row.apps,
  };
}

function stateOf(row: RepositoryRow): Repository['state'] {
  const started = row.fetch_started_at;
  const finished = row.fetch_finished_at;
  if (started !== null && (finished === null || finished < started)) return 'fetching';
  if (row.failing_since !== null) return 'failing';
  return row.fetched_at === null ? 'never_fetched' : 'ok';
}
