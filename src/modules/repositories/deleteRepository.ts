import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { redact } from '../../platform/git/index.ts';
import { audit } from '../audit/index.ts';
import { lockDirectory } from '../teams/index.ts';
import { deleteRepositoryRow, selectAppsOf } from './deletionStore.ts';
import { findRepository } from './repositories.ts';

/**
 * Deletes a repository that no app is built from, with its runs; what they hold of a runner ends when it next says that
 * it lives. `confirm` must repeat its name. Files go afterwards, by `sweepDeleted`.
 */
export async function deleteRepository(
  db: Db,
  now: Date,
  actor: Actor,
  name: string,
  confirm: string | undefined,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Whoever applies a configuration holds it, too: no app appears between the question and the answer.
    await lockDirectory(tx);
    const { id, config } = await findRepository(tx, name);
    if (confirm !== name) {
      const message = `query.confirm: deleting repository ${name} takes its name: "${name}"`;
      throw new AppError('invalid_input', message);
    }
    assertUnused(name, await selectAppsOf(tx, id));
    await deleteRepositoryRow(tx, now, id);
    const details = { id, url: config.url === null ? null : redact(config.url) };
    await audit(tx, now, actor, 'repository.delete', name, details);
    const event = { kind: 'repository.deleted', subject: name, actor: actor.name, data: details };
    await appendEvent(tx, now, event);
  });
}

function assertUnused(repository: string, apps: readonly { name: string; shipped: boolean }[]): void {
  if (apps.length === 0) return;
  const namesOf = (some: typeof apps) => some.map(({ name }) => name);
  const kept = namesOf(apps.filter(({ shipped }) => shipped));
  const movable = namesOf(apps.filter(({ shipped }) => !shipped));
  const ways = [
    ...(movable.length > 0
      ? [`give ${movable.join(', ')} another repository in slipway.yml and apply it`]
      : []),
    ...(kept.length > 0 ? [`${kept.join(', ')} cannot do without it, since deploys name its commits`] : []),
  ];
  const all = namesOf(apps);
  const areBuilt =
    all.length === 1 ? `app ${all[0]} is built from it` : `apps ${all.join(', ')} are built from it`;
  const message = `repository ${repository} is not deleted: ${areBuilt}; ${ways.join('; ')}`;
  throw new AppError('conflict', message, { apps: all });
}
