import { readFile, realpath } from 'node:fs/promises';
import type { SecretReference } from '../../contract/configuration.ts';
import type { Actor } from '../../platform/actor.ts';
import type { SecretBox } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError, assertNever, systemCode } from '../../platform/errors.ts';
import { appendEvent, type NewEvent } from '../../platform/events/events.ts';
import { isMaskable, shortestSecretBytes } from '../../platform/masking/index.ts';
import { isInside } from '../../platform/paths.ts';
import { audit } from '../audit/index.ts';
import { deleteSecretRow, selectSealed, upsertSecret } from './store.ts';

/** Where references find their values: the stored secrets, and the environment and files of this process. */
export interface SecretSource {
  readonly db: Db;
  readonly box: SecretBox;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Slipway's own keys lie here, and are no secrets for deploys. */
  readonly dataDir: string;
}

/** Stores a secret under a name; its value is never shown again. */
export async function setSecret(
  source: SecretSource,
  now: Date,
  actor: Actor,
  name: string,
  value: string,
): Promise<void> {
  if (!isMaskable(value)) {
    throw new AppError(
      'invalid_input',
      `body.value: a secret of less than ${shortestSecretBytes} bytes cannot be masked in logs; use a longer one`,
    );
  }
  const sealed = source.box.seal(value, associatedData(name));
  await source.db.transaction(async (tx) => {
    await upsertSecret(tx, now, { name, sealed, by: actor.name });
    await audit(tx, now, actor, 'secret.set', name);
    await appendEvent(tx, now, changed(actor));
  });
}

export async function deleteSecret(
  source: SecretSource,
  now: Date,
  actor: Actor,
  name: string,
): Promise<void> {
  await source.db.transaction(async (tx) => {
    if ((await deleteSecretRow(tx, name)) === 0)
      throw new AppError('not_found', `there is no secret named "${name}"`);
    await audit(tx, now, actor, 'secret.delete', name);
    await appendEvent(tx, now, changed(actor));
  });
}

/** Everybody may listen, and the names of secrets are for admins: it says that something changed, not what. */
const changed = (actor: Actor): NewEvent => ({
  kind: 'secret.changed',
  subject: 'secrets',
  actor: actor.name,
});

/** The value a reference stands for. Throws with what to do when it stands for nothing. */
export async function resolveReference(source: SecretSource, reference: SecretReference): Promise<string> {
  switch (reference.kind) {
    case 'secret':
      return storedSecret(source, reference.name);
    case 'environment':
      return environmentSecret(source, reference.name);
    case 'file':
      return fileSecret(source, reference.path);
    default:
      return assertNever(reference);
  }
}

/** All values of a map from variable to reference. */
export async function resolveReferences(
  source: SecretSource,
  references: Readonly<Record<string, SecretReference>>,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [variable, reference] of Object.entries(references)) {
    const value = await resolveReference(source, reference);
    if (!isMaskable(value)) throw tooShort(variable);
    values[variable] = value;
  }
  return values;
}

const tooShort = (variable: string) =>
  new AppError(
    'conflict',
    `the secret of ${variable} has less than ${shortestSecretBytes} bytes and could not be masked in the log; use a longer one, or \`env\` if it is none`,
  );

async function storedSecret(source: SecretSource, name: string): Promise<string> {
  const row = await selectSealed(source.db, name);
  if (row === undefined) {
    throw new AppError(
      'conflict',
      `the secret "${name}" is not set; set it with: slipway secrets set ${name}`,
    );
  }
  return source.box.open(row.sealed, associatedData(name));
}

// A sealed value opens under its own name only, so that a row cannot be moved to another.
const associatedData = (name: string) => `secret:${name}`;

/** Slipway's own keys are not for deploys. */
function environmentSecret(source: SecretSource, name: string): string {
  const value = /^(SLIPWAY_|DATABASE_URL$)/.test(name) ? undefined : source.environment[name];
  if (value !== undefined && value !== '') return value;
  throw new AppError(
    'conflict',
    `the environment variable ${name} is not set where Slipway runs; set it and start Slipway again`,
  );
}

async function fileSecret(source: SecretSource, path: string): Promise<string> {
  try {
    if (isInside(await realpath(source.dataDir), await realpath(path))) {
      throw new AppError(
        'forbidden',
        `the secret file ${path} lies in Slipway's own data directory; keep it elsewhere`,
      );
    }
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'conflict',
      `the secret file ${path} cannot be read (${systemCode(error)})`,
      { path },
      { cause: error },
    );
  }
}
