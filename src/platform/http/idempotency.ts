import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import sql from 'sql-template-tag';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../db/database.ts';
import { AppError } from '../errors.ts';

interface Answer {
  status: number;
  body: unknown;
}

/**
 * Runs `work` in a transaction. With an `Idempotency-Key` header the key and the answer commit with it:
 * a repetition gets the first answer, a crash leaves neither, and of two at once the second waits for the
 * first (on the primary key) and then gets its answer.
 */
export async function once(
  db: Db,
  call: { actor: Actor; now: Date; request: FastifyRequest },
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const key = call.request.headers['idempotency-key'];
  if (key === undefined) return db.transaction(work);
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new AppError('invalid_input', 'Idempotency-Key must be 1 to 200 visible ASCII characters');
  }
  const actor = `${call.actor.kind}:${call.actor.id ?? call.actor.name}`;
  const fingerprint = fingerprintOf(call.request);
  return db.transaction(async (tx) => {
    const inserted = await tx.run(sql`
      insert into idempotency_keys (actor, key, fingerprint, created_at)
      values (${actor}, ${key}, ${fingerprint}, ${call.now}) on conflict do nothing`);
    if (inserted === 0) return firstAnswer(tx, actor, key, fingerprint);
    const answer = await work(tx);
    await tx.run(sql`
      update idempotency_keys set status = ${answer.status}, body = ${JSON.stringify(answer.body ?? null)}
      where actor = ${actor} and key = ${key}`);
    return answer;
  });
}

async function firstAnswer(tx: Tx, actor: string, key: string, fingerprint: string): Promise<Answer> {
  const row = await tx.one<{ fingerprint: string; status: number; body: unknown }>(sql`
    select fingerprint, status, body from idempotency_keys where actor = ${actor} and key = ${key}`);
  if (row.fingerprint === fingerprint) return { status: row.status, body: row.body };
  throw new AppError('conflict', `Idempotency-Key ${key} was already used for another request`);
}

function fingerprintOf(request: FastifyRequest): string {
  const parts = JSON.stringify([request.method, request.url, request.body ?? null]);
  return createHash('sha256').update(parts).digest('hex');
}

/** Forgets keys older than a day. */
export async function forgetOldKeys(db: Db, now: Date): Promise<void> {
  await db.run(sql`delete from idempotency_keys where created_at < ${new Date(now.getTime() - 86_400_000)}`);
}
