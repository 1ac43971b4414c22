import { api } from '../../contract/index.ts';
import { idFromCursor, pageById } from '../../platform/http/page.ts';
import type { Router } from '../../platform/http/router.ts';
import { findRepository } from '../repositories/index.ts';
import { selectDeliveries } from './deliveryStore.ts';
import { presentDelivery } from './present.ts';
import { createWebhook, deleteWebhook, rotateWebhook, showWebhook, type WebhookContext } from './webhooks.ts';

export function registerWebhookRoutes(router: Router, context: WebhookContext): void {
  const { db } = context;
  router.add(api.showWebhook, ({ params, now }) => showWebhook(context, db, now, params.repository));
  router.add(api.createWebhook, ({ params, actor, now }) =>
    createWebhook(context, now, actor, params.repository),
  );
  router.add(api.rotateWebhook, ({ params, actor, now }) =>
    rotateWebhook(context, now, actor, params.repository),
  );
  router.add(api.deleteWebhook, async ({ params, actor, now }) => {
    await deleteWebhook(db, now, actor, params.repository);
    return undefined;
  });
  router.add(api.listDeliveries, async ({ params, query }) => {
    const { id } = await findRepository(db, params.repository);
    const { limit } = query;
    const before = idFromCursor(query.cursor);
    return pageById(await selectDeliveries(db, id, { before, limit: limit + 1 }), limit, presentDelivery);
  });
}
