import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { lockDirectory } from '../teams/index.ts';
import { recordValues } from './recordValues.ts';
import { assertMayChange, findScope, labelOf } from './scope.ts';
import type { ValueTarget } from './setValues.ts';
import { deleteValueRow } from './store.ts';

/** Deletes a secret or variable of exactly that organization, repository or environment; wider ones stay. */
export async function deleteValue(
  db: Db,
  now: Date,
  actor: Actor,
  target: ValueTarget,
  name: string,
): Promise<void> {
  const { kind } = target;
  const upper = name.toUpperCase();
  await db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const scope = await findScope(tx, target);
    assertMayChange(actor, kind, scope);
    if ((await deleteValueRow(lock, kind, scope, upper)) === 0)
      throw new AppError('not_found', `${labelOf(scope)} has no ${kind} of workflows named ${upper}`);
    await recordValues(lock, now, actor, { kind, action: 'delete', scope, names: [upper] });
  });
}
