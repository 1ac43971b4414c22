import type { Actor } from '../../platform/actor.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import type { DirectoryLock } from './store.ts';

export interface TeamRecord {
  /** `team.<action>` in the audit log. */
  action: string;
  /** `team.<event>` in the stream. */
  event: string;
  slug: string;
  details?: Record<string, unknown>;
}

/** Writes down what was done to a team, for admins and for whoever listens. */
export async function recordTeam(
  { tx }: DirectoryLock,
  now: Date,
  actor: Actor,
  { action, event, slug, details = {} }: TeamRecord,
): Promise<void> {
  await audit(tx, now, actor, `team.${action}`, slug, details);
  await appendEvent(tx, now, { kind: `team.${event}`, subject: slug, actor: actor.name, data: details });
}
