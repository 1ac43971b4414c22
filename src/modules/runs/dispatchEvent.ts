import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import type { RepositoryRow } from '../repositories/index.ts';
import { knownSha, recordTrigger } from '../triggers/index.ts';
import { assertMayRun } from './findRun.ts';

/** Something that happened elsewhere. */
export interface DispatchedEvent {
  readonly event_type: string;
  readonly client_payload: Readonly<Record<string, unknown>>;
}

/** Starts the workflows of the default branch that wait for it (`repository_dispatch`). */
export async function dispatchEvent(
  tx: Tx,
  now: Date,
  actor: Actor,
  repository: RepositoryRow,
  { event_type, client_payload }: DispatchedEvent,
): Promise<{ trigger: number; sha: string }> {
  await assertMayRun(tx, actor, repository.name);
  const { id, name, default_branch } = repository;
  const ref = `refs/heads/${default_branch}`;
  const sha = default_branch === null ? null : await knownSha(tx, id, ref);
  if (sha === null)
    throw new AppError(
      'conflict',
      `repository ${name} has no default branch yet, whose workflows could start`,
    );
  const trigger = await recordTrigger(tx, now, name, {
    repositoryId: id,
    event: 'repository_dispatch',
    ref,
    sha,
    before: null,
    actor: actor.name,
    source: 'request',
    payload: { action: event_type, branch: default_branch, client_payload },
    trusted: true,
  });
  await audit(tx, now, actor, 'event.dispatch', name, { event_type, sha });
  return { trigger: trigger ?? 0, sha };
}
