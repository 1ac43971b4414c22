import type { RunnerToken } from '../../contract/runnerTokens.ts';
import type { Actor } from '../../platform/actor.ts';
import { hashToken, newToken } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { findRepository } from '../repositories/index.ts';
import {
  insertRunnerToken,
  type RunnerTokenRow,
  revokeRunnerTokenRow,
  selectRunnerToken,
  selectRunnerTokens,
  touchRunnerToken,
} from './tokenStore.ts';

export interface RunnerTokenInput {
  readonly name: string;
  readonly labels: readonly string[] | null;
  readonly repositories: readonly string[] | null;
}

/** Makes a token for runners of other machines; the secret itself is in this answer only. */
export async function createRunnerToken(
  db: Db,
  now: Date,
  actor: Actor,
  input: RunnerTokenInput,
): Promise<RunnerToken & { token: string }> {
  const { name, labels } = input;
  const { token, hash, hint } = newToken('slr');
  const found = await Promise.all(
    (input.repositories ?? []).map((repository) => findRepository(db, repository)),
  );
  const repositories = input.repositories === null ? null : found.map(({ id }) => id);
  return db.transaction(async (tx) => {
    const row = await insertRunnerToken(tx, now, {
      ...{ name, hint, labels, repositories },
      tokenHash: hash,
      createdBy: actor.name,
    });
    if (row === undefined)
      throw new AppError(
        'conflict',
        `there is a runner token "${name}" already; revoke it or choose another name`,
      );
    await audit(tx, now, actor, 'runner_token.create', name, { labels, repositories: input.repositories });
    const shown = { id: row.id, name, hint, created_at: now, created_by: actor.name, last_used_at: null };
    const limits = {
      labels: labels === null ? null : [...labels],
      repositories: input.repositories === null ? null : [...input.repositories],
    };
    return { ...present({ ...shown, ...limits }), token };
  });
}

export async function listRunnerTokens(db: Db): Promise<RunnerToken[]> {
  return (await selectRunnerTokens(db)).map(present);
}

/** Its runners are refused from now on; what they run ends within seconds, and its leases run out. */
export async function revokeRunnerToken(db: Db, now: Date, actor: Actor, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    const revoked = await revokeRunnerTokenRow(tx, now, id);
    if (revoked === undefined) throw new AppError('not_found', `there is no runner token ${id}`);
    await audit(tx, now, actor, 'runner_token.revoke', revoked.name);
  });
}

const touchEveryMs = 60_000;

/** What the token of a request is. Throws `unauthenticated` when it is none of a runner, or not any more. */
export async function authenticateRunner(
  db: Db,
  now: Date,
  header: string | undefined,
): Promise<{ id: number; labels: readonly string[] | null }> {
  const [, token = ''] = /^Bearer\s+(slr_\w+)$/i.exec(header ?? '') ?? [];
  const found = token === '' ? undefined : await selectRunnerToken(db, hashToken(token));
  if (found === undefined)
    throw new AppError(
      'unauthenticated',
      'this is no token of a runner, or it was revoked; an admin makes one: slipway runners token create NAME',
    );
  const { id, labels, last_used_at: used } = found;
  if (used === null || now.getTime() - used.getTime() > touchEveryMs) await touchRunnerToken(db, now, id);
  return { id, labels };
}

const present = (row: RunnerTokenRow): RunnerToken => ({
  ...row,
  created_at: row.created_at.toISOString(),
  last_used_at: row.last_used_at?.toISOString() ?? null,
});
