import type { Role } from '../../contract/endpoint.ts';
import type { PasswordHasher } from '../../platform/crypto/index.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import { deleteSessionsOf, insertUser, selectUser, selectUserByEmail, updateUser } from './store.ts';

/** The admin that a fixture file declares. */
export interface AdminInput {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export interface StoredAdmin {
  readonly id: number;
  readonly username: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly passwordMatches: boolean;
}

/** The user with this e-mail, or null; `usernameTaken` tells that the name they would get is somebody else's. */
export async function findFixtureAdmin(
  db: Queryable,
  passwords: PasswordHasher,
  input: AdminInput,
): Promise<{ stored: StoredAdmin | null; usernameTaken: boolean }> {
  const user = await selectUserByEmail(db, input.email);
  if (user === undefined)
    return { stored: null, usernameTaken: (await selectUser(db, input.username)) !== undefined };
  const { id, username, role } = user;
  const passwordMatches =
    user.password_hash !== null && (await passwords.verifyPassword(input.password, user.password_hash));
  return {
    stored: { id, username, role, disabled: user.disabled_at !== null, passwordMatches },
    usernameTaken: false,
  };
}

/** Creates the admin, or sets password, role and leave to sign in. A new password ends their sessions. Answers the id. */
export async function saveFixtureAdmin(
  tx: Tx,
  passwords: PasswordHasher,
  now: Date,
  input: AdminInput,
  stored: StoredAdmin | null,
): Promise<number> {
  const { username, email } = input;
  if (stored === null) {
    const passwordHash = await passwords.hashPassword(input.password);
    const user = await insertUser(tx, now, { username, email, name: '', role: 'owner', passwordHash });
    if (user === undefined) throw new Error(`user ${username} was created at the same time; apply again`);
    return user.id;
  }
  const passwordHash = stored.passwordMatches ? undefined : await passwords.hashPassword(input.password);
  await updateUser(tx, stored.id, { role: 'owner', disabledAt: null, passwordHash });
  if (passwordHash !== undefined) await deleteSessionsOf(tx, stored.id);
  return stored.id;
}
