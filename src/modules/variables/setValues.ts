import { maxValues, type ValueKind } from '../../contract/workflowRules.ts';
import type { ValuesSet } from '../../contract/workflowValues.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { SecretSource } from '../secrets/index.ts';
import { lockDirectory } from '../teams/index.ts';
import { type NewValue, readNewValues } from './newValues.ts';
import { recordValues } from './recordValues.ts';
import { assertMayChange, findScope, labelOf, levelOf, sealName, type ValueScope } from './scope.ts';
import { selectNames, upsertValues } from './store.ts';

export interface ValueTarget {
  readonly kind: ValueKind;
  readonly repository?: string | undefined;
  readonly environment?: string | undefined;
}

/** Stores secrets, sealed, or variables: all of them or none. */
export async function setValues(
  { db, box }: Pick<SecretSource, 'db' | 'box'>,
  now: Date,
  actor: Actor,
  target: ValueTarget,
  items: readonly NewValue[],
): Promise<ValuesSet> {
  const { kind } = target;
  const values = readNewValues(kind, items);
  return db.transaction(async (tx) => {
    const lock = await lockDirectory(tx);
    const scope = await findScope(tx, target);
    assertMayChange(actor, kind, scope);
    const before = await selectNames(tx, kind, scope);
    const outcomes = values.map(({ name }) => ({ name, outcome: outcomeOf(before, name) }));
    assertRoom(kind, scope, before.size + outcomes.filter(({ outcome }) => outcome === 'created').length);
    const written = values.map(({ name, value }) => ({
      name,
      content: kind === 'secret' ? box.seal(value, sealName(scope, name)) : value,
    }));
    await upsertValues(lock, now, { kind, owner: scope, by: actor.name, values: written });
    await recordValues(lock, now, actor, {
      kind,
      action: 'set',
      scope,
      names: values.map(({ name }) => name),
    });
    return { items: outcomes };
  });
}

const outcomeOf = (before: ReadonlySet<string>, name: string) =>
  before.has(name) ? ('replaced' as const) : ('created' as const);

function assertRoom(kind: ValueKind, scope: ValueScope, count: number): void {
  const most = maxValues[levelOf(scope)];
  if (count <= most) return;
  throw new AppError(
    'conflict',
    `${labelOf(scope)} would have ${count} ${kind}s, and may have ${most}; delete some that nothing uses`,
    { count, most },
  );
}
