import type { Actor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db/database.ts';
import { insertAudit } from './store.ts';

export { registerAuditRoutes } from './routes.ts';

/**
 * Records that `actor` did `action` (`deploy.request`, `lock.create`, …) to `subject`, in the transaction
 * that did it. `details` must hold no secret: the record is kept for good and shown to admins.
 */
export async function audit(
  tx: Tx,
  now: Date,
  actor: Actor,
  action: string,
  subject: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  await insertAudit(tx, now, actor, action, subject, details);
}
