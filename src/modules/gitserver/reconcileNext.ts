import { systemActor } from '../../platform/actor.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { createHosted, explainFetchFailure, tendHosted } from '../../platform/git/index.ts';
import {
  endFetch,
  failFetch,
  keepLease,
  leaseFetch,
  leaseSeconds,
  type RepositoryRow,
} from '../repositories/index.ts';
import { type RecordContext, recordPush } from './recordPush.ts';

export type ReconcileContext = RecordContext;

/**
 * Looks at the hosted repository that is due next; answers false when none is. It is made if it is not there yet,
 * what git has taken and nobody recorded (because all was killed in between) is recorded, and it is tended.
 */
export async function reconcileNext(context: ReconcileContext, signal: AbortSignal): Promise<boolean> {
  const repository = await leaseFetch(context.db, context.now(), leaseSeconds, 'hosted');
  if (repository === undefined) return false;
  const letGo = keepLease(context.db, repository.id);
  try {
    await look(context, repository, signal);
  } catch (error) {
    if (signal.aborted) return false;
    await failFetch(context.db, context.now(), repository.id, explainFetchFailure(error));
  } finally {
    letGo();
  }
  return true;
}

async function look(
  context: ReconcileContext,
  repository: RepositoryRow,
  signal: AbortSignal,
): Promise<void> {
  const directory = context.paths.mirror(repository.id);
  await createHosted(directory);
  const changes = await recordPush(context, repository.id, systemActor);
  if (changes.length > 0 || wasPushedTo(repository)) await tendHosted(directory, signal);
  await context.db.transaction(async (tx) => {
    await endFetch(tx, context.now(), repository.id);
    if (!wasAskedFor(repository)) return;
    const event = { kind: 'repository.fetched', subject: repository.name, actor: systemActor.name };
    await appendEvent(tx, context.now(), event);
  });
}

function wasPushedTo({ fetched_at, fetch_finished_at }: RepositoryRow): boolean {
  return fetched_at !== null && (fetch_finished_at === null || fetched_at > fetch_finished_at);
}

function wasAskedFor({ fetch_requested_at, fetch_finished_at }: RepositoryRow): boolean {
  return (
    fetch_requested_at !== null && (fetch_finished_at === null || fetch_requested_at > fetch_finished_at)
  );
}
