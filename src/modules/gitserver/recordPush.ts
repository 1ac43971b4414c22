import type { Actor } from '../../platform/actor.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { type ChangedRef, keepDefaultBranch, readRefs } from '../../platform/git/index.ts';
import { audit } from '../audit/index.ts';
import { repositoryById } from '../repositories/index.ts';
import { recordRefChanges } from '../triggers/index.ts';
import { lockRepository, updatePushed } from './store.ts';

export interface RecordContext {
  readonly db: Db;
  readonly now: () => Date;
  readonly paths: DataPaths;
}

/** So many at once, and the repository is packed soon. */
const manyRefs = 100;

/**
 * Records what a push has done to a hosted repository: its branches and tags, the triggers of workflows, the event
 * and the audit entry, all or nothing; not_found when it was deleted. `startsNothing`: a job pushed, and would start itself again. Answers what changed: nothing, when somebody else has recorded it already.
 */
export async function recordPush(
  { db, now, paths }: RecordContext,
  repositoryId: number,
  actor: Actor,
  { startsNothing = false }: { readonly startsNothing?: boolean } = {},
): Promise<readonly ChangedRef[]> {
  return db.transaction(async (tx) => {
    // The lock first: refs that were read before another push must not be recorded after it.
    if (!(await lockRepository(tx, repositoryId)))
      throw new AppError('not_found', 'this repository was deleted meanwhile; nothing of the push is kept');
    const repository = await repositoryById(tx, repositoryId);
    const directory = paths.mirror(repositoryId);
    const refs = await readRefs(directory);
    const at = now();
    const changes = await recordRefChanges(tx, at, {
      repositoryId,
      repository: repository.name,
      refs,
      actor: actor.name,
      source: 'push',
      // What a mirror had when it became hosted is not news; all that was ever pushed here is.
      initial: startsNothing || (repository.refs_known_at === null && repository.fetched_at !== null),
    });
    const defaultBranch = await keepDefaultBranch(directory, refs, repository.default_branch);
    await updatePushed(tx, at, repositoryId, defaultBranch, changes.length >= manyRefs);
    if (changes.length > 0) await tell(tx, at, actor, repository.name, changes);
    return changes;
  });
}

async function tell(
  tx: Tx,
  now: Date,
  actor: Actor,
  repository: string,
  changes: readonly ChangedRef[],
): Promise<void> {
  const data = { changed: changes.length, changed_refs: changes.slice(0, 100) };
  await audit(tx, now, actor, 'repository.push', repository, data);
  await appendEvent(tx, now, { kind: 'repository.pushed', subject: repository, actor: actor.name, data });
}
