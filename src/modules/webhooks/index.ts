export { forgetOldDeliveries } from './forgetOld.ts';
export { processNextDelivery } from './processNext.ts';
export { registerWebhookReceiver } from './receive.ts';
export { registerWebhookRoutes } from './routes.ts';
