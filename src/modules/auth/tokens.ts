import type { Token } from '../../contract/accounts.ts';
import type { Scope } from '../../contract/endpoint.ts';
import { type Actor, mayAdminister } from '../../platform/actor.ts';
import { newToken } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { insertToken, revokeTokenRow, selectTokens, type TokenRow } from './store.ts';
import { requireUser } from './users.ts';

/** The caller's tokens; with `all` everyone's, for admins. The local CLI has none of its own and sees all. */
export async function listTokens(db: Db, actor: Actor, all: boolean): Promise<Token[]> {
  const everyone = actor.id === null || (all && assertAdmin(actor));
  return (await selectTokens(db, everyone ? null : actor.id)).map(present);
}

export interface TokenInput {
  name: string;
  scopes: Scope[];
  expires_in_days: number | null;
  user?: string | undefined;
}

/**
 * Creates a token; the secret itself is in this answer only. A token cannot mint one that is wider than itself,
 * nor one that outlives it: that one ends when it does.
 */
export async function createToken(
  db: Db,
  now: Date,
  actor: Actor,
  input: TokenInput,
): Promise<Token & { token: string }> {
  const user = await requireUser(db, await ownerOf(actor, input.user));
  const tooWide = input.scopes.filter((scope) => !actor.scopes.includes(scope));
  if (tooWide.length > 0)
    throw new AppError('forbidden', `your own token lacks the scope ${tooWide.join(', ')}`);
  const { token, hash, hint } = newToken('slp');
  const expiresAt = expiryOf(actor, input.expires_in_days, now);
  return db.transaction(async (tx) => {
    const row = await insertToken(tx, now, {
      userId: user.id,
      name: input.name,
      tokenHash: hash,
      hint,
      scopes: input.scopes,
      expiresAt,
    });
    if (row === undefined)
      throw new AppError(
        'conflict',
        `${user.username} has a token named "${input.name}" already; revoke it or choose another name`,
      );
    await audit(tx, now, actor, 'token.create', `${user.username}/${input.name}`, {
      scopes: input.scopes,
      expires_at: expiresAt,
    });
    return {
      ...present({
        id: row.id,
        user_id: user.id,
        username: user.username,
        name: input.name,
        hint,
        scopes: input.scopes,
        created_at: now,
        expires_at: expiresAt,
        last_used_at: null,
      }),
      token,
    };
  });
}

function expiryOf(actor: Actor, days: number | null, now: Date): Date | null {
  const wanted = days === null ? null : new Date(now.getTime() + days * 86_400_000);
  const latest = actor.expiresAt;
  if (latest === undefined) return wanted;
  return wanted === null || wanted > latest ? latest : wanted;
}

async function ownerOf(actor: Actor, named: string | undefined): Promise<string> {
  if (named !== undefined && named !== actor.name) {
    // A token acts as its user, so only an owner may make one for somebody else.
    if (!mayAdminister(actor, 'owner'))
      throw new AppError('forbidden', `only an owner can create a token for ${named}`);
    return named;
  }
  if (actor.id === null) throw new AppError('invalid_input', 'say for whom the token is: --user NAME');
  return actor.name;
}

/** Revokes one of the caller's tokens; admins revoke anyone's. */
export async function revokeToken(db: Db, now: Date, actor: Actor, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    const revoked = await revokeTokenRow(tx, now, id, mayAdminister(actor, 'admin') ? null : actor.id);
    if (revoked === undefined)
      throw new AppError('not_found', `there is no token ${id} that you could revoke`);
    await audit(tx, now, actor, 'token.revoke', `${revoked.username}/${revoked.name}`);
  });
}

function assertAdmin(actor: Actor): true {
  if (!mayAdminister(actor, 'admin'))
    throw new AppError(
      'forbidden',
      "everyone's tokens are for admins, by a session or a token with the scope admin",
    );
  return true;
}

const present = (row: TokenRow): Token => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  user: row.username,
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at?.toISOString() ?? null,
  last_used_at: row.last_used_at?.toISOString() ?? null,
});
