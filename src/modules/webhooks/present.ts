import type { WebhookDelivery } from '../../contract/webhooks.ts';
import type { DeliveryRow } from './deliveryStore.ts';

export const presentDelivery = (row: DeliveryRow): WebhookDelivery => ({
  ...row,
  received_at: row.received_at.toISOString(),
  processed_at: row.processed_at?.toISOString() ?? null,
});
