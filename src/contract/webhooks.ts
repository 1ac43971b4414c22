import { z } from 'zod';
import { Name, Nothing, pageOf, pageQuery, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';

export const webhookProviders = ['github', 'gitlab', 'gitea'] as const;
export const deliveryOutcomes = ['accepted', 'ignored', 'failed'] as const;

export const WebhookDelivery = z
  .object({
    id: z.number().int(),
    provider: z.enum(webhookProviders),
    delivery: z.string().meta({ description: 'The name that its sender gave it.' }),
    event: z.string(),
    size_bytes: z.number().int(),
    received_at: Timestamp,
    processed_at: Timestamp.nullable(),
    outcome: z.enum(deliveryOutcomes).nullable().meta({ description: 'Null while it waits to be acted on.' }),
    detail: z
      .string()
      .nullable()
      .meta({ description: 'What was done, why nothing was, or why it failed, last.' }),
    attempts: z.number().int(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const Webhook = z
  .object({
    url: z.string().meta({ description: 'Where GitHub, GitLab, Gitea or Forgejo shall deliver.' }),
    created_at: Timestamp,
    created_by: z.string(),
    secret_created_at: Timestamp,
    previous_secret_until: Timestamp.nullable().meta({
      description: 'Until when a secret from before the last rotation is accepted.',
    }),
    refused_at: Timestamp.nullable().meta({
      description: 'When a delivery was last refused, because none of the secrets had signed it.',
    }),
    last_delivery: WebhookDelivery.nullable(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

export const NewWebhook = Webhook.extend({
  secret: z.string().meta({ description: 'Shown this once.' }),
}).meta({ id: 'NewWebhook' });
export type NewWebhook = z.infer<typeof NewWebhook>;

const look = { role: 'viewer', scope: 'read' } as const;
const administer = { role: 'admin', scope: 'admin' } as const;
const params = z.object({ repository: Name });

export const webhooks = {
  showWebhook: endpoint({
    method: 'GET',
    path: '/repositories/{repository}/webhook',
    tag: 'Webhooks',
    summary: 'The webhook of a repository',
    access: look,
    params,
    response: Webhook,
  }),
  createWebhook: endpoint({
    method: 'POST',
    path: '/repositories/{repository}/webhook',
    tag: 'Webhooks',
    summary: 'Let a repository take deliveries of GitHub, GitLab, Gitea or Forgejo',
    access: administer,
    params,
    response: NewWebhook,
    status: 201,
  }),
  rotateWebhook: endpoint({
    method: 'POST',
    path: '/repositories/{repository}/webhook/rotate',
    tag: 'Webhooks',
    summary: 'Replace the secret of a webhook; the one before it is accepted for a day',
    access: administer,
    params,
    response: NewWebhook,
    status: 201,
  }),
  deleteWebhook: endpoint({
    method: 'DELETE',
    path: '/repositories/{repository}/webhook',
    tag: 'Webhooks',
    summary: 'Take no more deliveries for a repository',
    access: administer,
    params,
    response: Nothing,
    status: 204,
  }),
  listDeliveries: endpoint({
    method: 'GET',
    path: '/repositories/{repository}/webhook/deliveries',
    tag: 'Webhooks',
    summary: 'Deliveries of the last month, newest first',
    access: look,
    params,
    query: z.object(pageQuery),
    response: pageOf(WebhookDelivery),
  }),
};
