import { createHmac } from 'node:crypto';
import type { Actor } from '../../platform/actor.ts';
import { equalInConstantTime, type PasswordHasher } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { audit } from '../audit/index.ts';
import { limitGuesses } from './attempts.ts';
import { type SignIn, startSession } from './signIn.ts';
import { countUsersWhoCanSignIn, insertUser, lockSetUp, selectUser } from './store.ts';

/**
 * What proves that somebody may make the first owner: `slipway up` prints it as a link. It follows from the token of
 * this machine, so that it is the same after a restart, and nobody else can know it.
 */
export const setUpCode = (machineToken: string): string =>
  createHmac('sha256', machineToken)
    .update('the first owner of this Slipway')
    .digest('base64url')
    .slice(0, 27);

/** Whether nobody can sign in yet. */
export async function needsSetUp(db: Db): Promise<boolean> {
  return (await countUsersWhoCanSignIn(db)) === 0;
}

export interface FirstOwner {
  readonly code: string;
  readonly username: string;
  readonly name: string;
  readonly password: string;
  readonly ip: string;
  readonly userAgent: string;
}

/** Makes the first owner and signs them in; of two at once one. A conflict when somebody can sign in already. */
export async function setUp(
  db: Db,
  passwords: PasswordHasher,
  now: Date,
  machineToken: string,
  input: FirstOwner,
): Promise<SignIn> {
  const right = await limitGuesses(db, now, { username: 'set-up', ip: input.ip }, async () =>
    equalInConstantTime(input.code, setUpCode(machineToken)) ? true : undefined,
  );
  if (right === undefined) {
    throw new AppError(
      'forbidden',
      'this link does not belong to this Slipway; open the one that `slipway up` prints',
    );
  }
  const passwordHash = await passwords.hashPassword(input.password);
  await db.transaction(async (tx) => {
    await lockSetUp(tx);
    if ((await countUsersWhoCanSignIn(tx)) > 0)
      throw new AppError('conflict', 'Slipway is set up already; sign in');
    const { username, name } = input;
    const created = await insertUser(tx, now, { username, name, email: null, role: 'owner', passwordHash });
    if (created === undefined)
      throw new AppError('conflict', `the user name ${username} is taken; choose another`);
    await audit(tx, now, firstOwner(created.id, input), 'user.set_up', username, { role: 'owner' });
  });
  const user = await selectUser(db, input.username);
  if (user === undefined) throw new AppError('conflict', `user ${input.username} was removed at once`);
  return startSession(db, now, user, input);
}

const firstOwner = (id: number, { username, ip }: FirstOwner): Actor => ({
  kind: 'user',
  id,
  name: username,
  role: 'owner',
  scopes: [],
  teams: [],
  ip,
});
