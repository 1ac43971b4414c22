import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { systemActor } from '../../platform/actor.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { type ByteBudget, byteBudget } from './byteBudget.ts';
import { insertDelivery, recordRefusal } from './deliveryStore.ts';
import { withBody } from './readBody.ts';
import { acceptedSecrets, type Receiver } from './secrets.ts';
import { readSender, type Sender } from './sender.ts';
import { isGenuine } from './verify.ts';

export interface ReceiverContext {
  readonly db: Db;
  readonly box: SecretBox;
  readonly now: () => Date;
  /** All bodies together that are held at once; a thousand of the largest would be 25 GB. */
  readonly heldBytes?: number;
}

const defaultHeldBytes = 128 * 1024 * 1024;

/** `POST /webhooks/<repository>`: where GitHub, GitLab, Gitea and Forgejo deliver. Not part of the API: they say what they send. */
export function registerWebhookReceiver(server: FastifyInstance, context: ReceiverContext): void {
  const budget = byteBudget(context.heldBytes ?? defaultHeldBytes);
  server.register(async (scope) => {
    // The body stays as it is: what is signed are its bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.post<{ Params: { repository: string } }>('/webhooks/:repository', (request, reply) =>
      receive(context, budget, request, reply),
    );
  });
}

async function receive(
  context: ReceiverContext,
  budget: ByteBudget,
  request: FastifyRequest<{ Params: { repository: string } }>,
  reply: FastifyReply,
): Promise<unknown> {
  const sender = readSender(request.headers);
  if (sender === undefined || sender.proofs.length === 0) throw refused();
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  return withBody(request.raw, Number.isNaN(announced) ? undefined : announced, budget, async (body) => {
    const receiver = await acceptedSecrets(context, request.params.repository);
    if (!isGenuine(sender, body, receiver?.secrets ?? []) || receiver === undefined)
      return refuse(context, receiver, reply);
    const { delivery, isNew } = await store(context, receiver, sender, body);
    return reply.code(isNew ? 202 : 200).send({ delivery, state: isNew ? 'received' : 'already received' });
  });
}

/** Says nothing of what is wrong: not whether there is such a repository, nor whether it has a webhook. */
const refused = (): AppError =>
  new AppError(
    'unauthenticated',
    'this delivery is not accepted: its address, its secret or its signature is wrong',
  );

/** Recorded when the answer is on its way, which must not take longer for a repository that exists. */
async function refuse(
  { db, now }: ReceiverContext,
  receiver: Receiver | undefined,
  reply: FastifyReply,
): Promise<never> {
  if (receiver !== undefined) {
    reply.raw.once('finish', () => void recordRefusal(db, now(), receiver.id).catch(() => {}));
  }
  throw refused();
}

/** One insert and what it is told by; all else happens later, by whoever finds the row. */
async function store(
  { db, now }: ReceiverContext,
  receiver: Receiver,
  sender: Sender,
  body: Buffer,
): Promise<{ delivery: string; isNew: boolean }> {
  const digest = createHash('sha256').update(body).digest('hex');
  const named = sender.delivery;
  const delivery = named !== undefined && /^[\x21-\x7e]{1,200}$/.test(named) ? named : `sha256:${digest}`;
  const at = now();
  const isNew = await db.transaction(async (tx) => {
    const event = sender.event.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
    const inserted = await insertDelivery(tx, at, receiver.id, { ...sender, event, delivery, body, digest });
    if (!inserted) return false;
    await appendEvent(tx, at, {
      kind: 'webhook.received',
      subject: receiver.name,
      actor: systemActor.name,
      data: { provider: sender.provider, event, delivery },
    });
    return true;
  });
  return { delivery, isNew };
}
