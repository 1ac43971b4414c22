import type { Tx } from '../../platform/db/database.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { type ChangedRef, isBranchOrTag, type RefSnapshot } from '../../platform/git/index.ts';
import { deleteKnownRefs, insertPushes, lockKnownRefs, upsertKnownRefs } from './store.ts';
import type { NewTrigger } from './triggers.ts';

/** How a repository's branches and tags are now, and who made them so. */
export interface FoundRefs {
  readonly repositoryId: number;
  readonly repository: string;
  /** All that there are, peeled. */
  readonly refs: RefSnapshot;
  readonly actor: string;
  readonly source: NewTrigger['source'];
  /** Learn them only: what was there before anybody looked is not news. */
  readonly initial: boolean;
}

/**
 * Records a push for each branch or tag that is new or moved since the last time, and answers what changed. Safe to call
 * as often as one likes, from anybody: what git has done and nobody recorded, because of a crash in between, is found
 * by whoever comes next. One push that moved twice in between is one push.
 */
export async function recordRefChanges(tx: Tx, now: Date, found: FoundRefs): Promise<ChangedRef[]> {
  const { repositoryId, repository, refs, actor, source, initial } = found;
  const known = new Map((await lockKnownRefs(tx, repositoryId)).map(({ ref, sha }) => [ref, sha]));
  const moved = [...refs].flatMap(([name, after]) => {
    const before = known.get(name) ?? null;
    return isBranchOrTag(name) && before !== after ? [{ name, before, after }] : [];
  });
  const gone = [...known].flatMap(([name, before]) =>
    refs.has(name) ? [] : [{ name, before, after: null }],
  );
  if (gone.length > 0)
    await deleteKnownRefs(
      tx,
      repositoryId,
      gone.map(({ name }) => name),
    );
  if (moved.length === 0) return gone;
  await upsertKnownRefs(
    tx,
    repositoryId,
    moved.map(({ name, after }) => ({ ref: name, sha: after })),
  );
  if (initial) return [...moved, ...gone];
  await insertPushes(tx, now, { repositoryId, actor, source }, moved);
  const data = { event: 'push', count: moved.length, refs: moved.slice(0, 100).map(({ name }) => name) };
  await appendEvent(tx, now, { kind: 'trigger.recorded', subject: repository, actor, data });
  return [...moved, ...gone];
}
