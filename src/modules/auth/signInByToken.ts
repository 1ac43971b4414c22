import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/db/database.ts';
import { limitGuesses } from './attempts.ts';
import { actorOfToken, type Credentials, unknownToken } from './authenticate.ts';

/**
 * Signs in a program that sends a token where a password is asked for. Failures are limited as those of people are;
 * under names of their own, so that a job with an old token keeps nobody from signing in.
 */
export async function signInByToken(
  db: Db,
  credentials: Pick<Credentials, 'machineToken'>,
  now: Date,
  input: { username: string; token: string; ip: string },
): Promise<Actor> {
  const { username, token, ip } = input;
  const actor = await actorOfToken(db, credentials, token, { ip, operator: username }, now);
  if (actor !== undefined) return actor;
  const guess = { username: `git:${username.toLowerCase().slice(0, 100)}`, ip };
  await limitGuesses(db, now, guess, async () => undefined);
  throw unknownToken();
}
