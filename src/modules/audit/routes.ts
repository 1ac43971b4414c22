import { api } from '../../contract/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { idFromCursor, pageById } from '../../platform/http/page.ts';
import type { Router } from '../../platform/http/router.ts';
import { selectAudit } from './store.ts';

export function registerAuditRoutes(router: Router, db: Db): void {
  router.add(api.listAudit, async ({ query }) => {
    const { cursor, limit, ...filter } = query;
    const rows = await selectAudit(db, { ...filter, beforeId: idFromCursor(cursor), limit: limit + 1 });
    return pageById(rows, limit, (row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor_name,
      actor_kind: row.actor_kind,
      ip: row.ip,
      action: row.action,
      subject: row.subject,
      details: row.details,
    }));
  });
}
