import { basename } from 'node:path';
import type { Configuration } from '../../contract/configuration.ts';
import { type Actor, hasRole } from '../../platform/actor.ts';
import type { PasswordHasher, SecretBox } from '../../platform/crypto/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import {
  type Fixtures,
  formatProblem,
  type Problem,
  parseConfigurationAside,
  referencesInAside,
} from '../configuration/index.ts';

/** What planning and applying work with. */
export interface Provisioning {
  readonly db: Db;
  readonly passwords: PasswordHasher;
  readonly box: SecretBox;
  /** The address people use, as it was declared; null when it was not: then no DSN can be checked. */
  readonly urlPrefix: string | null;
}

/** A configuration file as it was handed in. */
export interface ConfigurationFile {
  readonly text: string;
  readonly name: string;
  /** What the references of `admin` and `teams` stand for. */
  readonly values: Readonly<Record<string, string>>;
  /** The name under which it creates projects and teams, and prunes them; its base name unless told. */
  readonly createdAs?: string | undefined;
  readonly prune: boolean;
  readonly replace: boolean;
}

export interface ParsedFile {
  readonly file: ConfigurationFile;
  /** Marks what this file creates, and what `prune` may delete. */
  readonly fixture: string;
  readonly configuration: Configuration;
  readonly fixtures: Fixtures;
  readonly warnings: readonly string[];
}

/** Reads a file. Throws `invalid_input` with every problem and its place, one a line. */
export async function parseFile(
  context: Provisioning,
  actor: Actor,
  file: ConfigurationFile,
): Promise<ParsedFile> {
  const { urlPrefix } = context;
  const parsed = await parseConfigurationAside(file.text, file.name, { urlPrefix, values: file.values });
  if (!parsed.ok) throw invalidFile(parsed.problems, await unresolvedIn(file));
  const { configuration, fixtures } = parsed;
  if (fixtures.admin !== null) assertMayDeclareAdmin(actor, file.name);
  return {
    file,
    fixture: file.createdAs ?? basename(file.name),
    configuration,
    fixtures,
    warnings: parsed.warnings.map(formatProblem),
  };
}

/** `unresolved`: the references that stand for nothing, as they are written; who knows the values may hand them in. */
export function invalidFile(problems: readonly Problem[], unresolved: readonly string[] = []): AppError {
  const lines = problems.map((one) => `${one.file}:${one.line}:${one.column} ${one.message}`);
  return new AppError('invalid_input', lines.join('\n'), { problems, unresolved });
}

async function unresolvedIn({ text, values }: ConfigurationFile): Promise<string[]> {
  return (await referencesInAside(text)).filter((reference) => !Object.hasOwn(values, reference));
}

/** It makes an owner, and a plan would tell whether a guessed password is right. */
function assertMayDeclareAdmin(actor: Actor, file: string): void {
  if (hasRole(actor, 'owner')) return;
  throw new AppError(
    'forbidden',
    `${file} has a section \`admin\`, which makes an owner: only an owner may plan or apply it; ${actor.name} is ${actor.role}`,
    { required_role: 'owner' },
  );
}
