import type { ValueKind } from '../../contract/workflowRules.ts';
import type { Actor } from '../../platform/actor.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import type { DirectoryLock } from '../teams/index.ts';
import { labelOf, levelOf, type ValueScope } from './scope.ts';

const actions: Record<ValueKind, string> = { secret: 'workflow_secret', variable: 'variable' };

/** Writes down which names were set or deleted, never a value. */
export async function recordValues(
  { tx }: DirectoryLock,
  now: Date,
  actor: Actor,
  record: { kind: ValueKind; action: 'set' | 'delete'; scope: ValueScope; names: readonly string[] },
): Promise<void> {
  const { kind, action, scope, names } = record;
  const { repository, environment } = scope;
  const details = { level: levelOf(scope), repository, environment };
  for (const name of names) await audit(tx, now, actor, `${actions[kind]}.${action}`, name, details);
  await appendEvent(tx, now, {
    kind: `${kind}.changed`,
    subject: labelOf(scope),
    actor: actor.name,
    data: { ...details, names },
  });
}
