import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { selectReceiver } from './store.ts';

/** A repository that takes deliveries, and by which secrets. */
export interface Receiver {
  readonly id: number;
  readonly name: string;
  readonly secrets: readonly string[];
}

/** The repository of this name with the secrets that are accepted now; undefined when it has no webhook. */
export async function acceptedSecrets(
  { db, box, now }: { db: Queryable; box: SecretBox; now: () => Date },
  name: string,
): Promise<Receiver | undefined> {
  // PostgreSQL does not take just any text.
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) return undefined;
  const row = await selectReceiver(db, now(), name);
  if (row === undefined) return undefined;
  const secrets = row.sealed.map((sealed) => box.open(sealed, secretName(row.id)));
  return { id: row.id, name, secrets };
}

/** What a secret is sealed for, so that a row cannot be moved to another repository. */
export const secretName = (repositoryId: number): string => `webhook:${repositoryId}`;
