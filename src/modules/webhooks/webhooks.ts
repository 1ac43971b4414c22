import type { NewWebhook, Webhook } from '../../contract/webhooks.ts';
import type { Actor } from '../../platform/actor.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Db, Queryable, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { findRepository } from '../repositories/index.ts';
import { selectDeliveries } from './deliveryStore.ts';
import { presentDelivery } from './present.ts';
import { secretName } from './secrets.ts';
import {
  deleteWebhookRow,
  expireSecrets,
  insertSecret,
  insertWebhook,
  lockWebhook,
  selectWebhook,
} from './store.ts';
import { newWebhookSecret } from './verify.ts';

export interface WebhookContext {
  readonly db: Db;
  readonly box: SecretBox;
  /** Where people find this Slipway. */
  readonly urlPrefix: string;
}

/** The webhook of a repository; not_found says how to make one. */
export async function showWebhook(
  context: WebhookContext,
  db: Queryable,
  now: Date,
  name: string,
): Promise<Webhook> {
  const { id } = await findRepository(db, name);
  const row = await selectWebhook(db, now, id);
  if (row === undefined) throw noWebhook(name);
  const [last] = await selectDeliveries(db, id, { before: undefined, limit: 1 });
  return {
    url: `${context.urlPrefix}/webhooks/${name}`,
    created_at: row.created_at.toISOString(),
    created_by: row.created_by,
    secret_created_at: row.secret_created_at.toISOString(),
    previous_secret_until: row.previous_until?.toISOString() ?? null,
    refused_at: row.refused_at?.toISOString() ?? null,
    last_delivery: last === undefined ? null : presentDelivery(last),
  };
}

const noWebhook = (name: string): AppError =>
  new AppError(
    'not_found',
    `repository ${name} has no webhook; an admin makes one: slipway webhooks create ${name}`,
  );

/** Makes one, and the secret that its sender must know. */
export function createWebhook(
  context: WebhookContext,
  now: Date,
  actor: Actor,
  name: string,
): Promise<NewWebhook> {
  return context.db.transaction(async (tx) => {
    const { id, config } = await findRepository(tx, name);
    if (config.url === null) throw hostedHere(name);
    if (!(await insertWebhook(tx, now, id, actor.name))) {
      throw new AppError(
        'conflict',
        `repository ${name} has a webhook already; for a new secret: slipway webhooks rotate ${name}`,
      );
    }
    const secret = await addSecret(tx, context, now, id);
    await recordThat(tx, now, actor, name, 'create', 'created');
    return { ...(await showWebhook(context, tx, now, name)), secret };
  });
}

const hostedHere = (name: string): AppError =>
  new AppError(
    'conflict',
    `repository ${name} is hosted here: Slipway takes its pushes itself, and nobody else can tell of them`,
  );

const graceMs = 86_400_000;
const mostSecrets = 5;

/** Makes a new secret. Those before it are accepted for a day more, so that nothing is refused meanwhile. */
export function rotateWebhook(
  context: WebhookContext,
  now: Date,
  actor: Actor,
  name: string,
): Promise<NewWebhook> {
  return context.db.transaction(async (tx) => {
    const { id } = await findRepository(tx, name);
    if (!(await lockWebhook(tx, id))) throw noWebhook(name);
    const left = await expireSecrets(tx, now, id, new Date(now.getTime() + graceMs));
    if (left >= mostSecrets) {
      throw new AppError(
        'conflict',
        `the webhook of ${name} was rotated ${left} times within a day; wait, or begin anew: slipway webhooks remove ${name}`,
      );
    }
    const secret = await addSecret(tx, context, now, id);
    await recordThat(tx, now, actor, name, 'rotate', 'rotated');
    return { ...(await showWebhook(context, tx, now, name)), secret };
  });
}

async function addSecret(tx: Tx, { box }: WebhookContext, now: Date, id: number): Promise<string> {
  const secret = newWebhookSecret();
  await insertSecret(tx, now, id, box.seal(secret, secretName(id)));
  return secret;
}

/** Deletes the webhook with all its secrets: from now on nothing is accepted. */
export function deleteWebhook(db: Db, now: Date, actor: Actor, name: string): Promise<void> {
  return db.transaction(async (tx) => {
    const { id } = await findRepository(tx, name);
    if ((await deleteWebhookRow(tx, id)) === 0) throw noWebhook(name);
    await recordThat(tx, now, actor, name, 'delete', 'deleted');
  });
}

async function recordThat(
  tx: Tx,
  now: Date,
  actor: Actor,
  name: string,
  action: string,
  happened: string,
): Promise<void> {
  await audit(tx, now, actor, `webhook.${action}`, name);
  await appendEvent(tx, now, { kind: `webhook.${happened}`, subject: name, actor: actor.name });
}
