import type { Actor } from '../../platform/actor.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import type { DirectoryLock } from '../teams/index.ts';

export interface ProjectRecord {
  /** `project.<action>` in the audit log. */
  action: string;
  /** `project.<event>` in the stream. */
  event: string;
  project: { slug: string; public_id: string };
  /** Nothing secret: everybody who may look hears of it. */
  details?: Record<string, unknown>;
}

/** Writes down what was done to a project, for admins and for whoever listens. */
export async function recordProject(
  { tx }: DirectoryLock,
  now: Date,
  actor: Actor,
  { action, event, project, details = {} }: ProjectRecord,
): Promise<void> {
  const data = { id: project.public_id, ...details };
  await audit(tx, now, actor, `project.${action}`, project.slug, data);
  await appendEvent(tx, now, {
    kind: `project.${event}`,
    subject: project.slug,
    actor: actor.name,
    data,
  });
}
