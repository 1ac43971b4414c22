import type { Actor } from '../../platform/actor.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import type { DirectoryLock } from '../teams/index.ts';

/** Writes down what was done to an environment, for admins and for whoever listens. */
export async function recordEnvironment(
  { tx }: DirectoryLock,
  now: Date,
  actor: Actor,
  record: { action: 'set' | 'delete'; repository: string; name: string; details: Record<string, unknown> },
): Promise<void> {
  const subject = `${record.repository}/${record.name}`;
  await audit(tx, now, actor, `workflow_environment.${record.action}`, subject, record.details);
  await appendEvent(tx, now, {
    kind: 'workflow_environment.changed',
    subject,
    actor: actor.name,
    data: { deleted: record.action === 'delete' },
  });
}
