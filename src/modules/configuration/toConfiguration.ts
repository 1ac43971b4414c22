import type {
  AppConfig,
  AppEnvironmentConfig,
  Configuration,
  HealthConfig,
  RepositoryConfig,
  SecretReference,
  StepCommand,
  StepConfig,
} from '../../contract/configuration.ts';
import { AppError } from '../../platform/errors.ts';
import { parseByteSize } from '../../platform/text/byteSize.ts';
import { parseDuration } from './duration.ts';
import type { FileApp, FileConfiguration, FileEnvironment, FileRepository, FileStep } from './fileSchema.ts';
import { childAt, entriesOf, type Located } from './located.ts';
import { parseReference } from './reference.ts';

/** What a setting is when the file does not say. Times are in seconds. */
export const defaults = {
  fetchEvery: 60,
  timeout: 3600,
  silenceTimeout: 600,
  healthTimeout: 60,
  provider: 'shell',
} as const;

/**
 * The parsed form of a file without problems. The order of names comes from `root`: an object of JavaScript
 * would put names that look like numbers first.
 */
export function toConfiguration(root: Located, file: FileConfiguration): Configuration {
  return {
    repositories: named(childAt(root, 'repositories'), file.repositories, (name, repository) =>
      toRepository(name, repository ?? {}),
    ),
    apps: named(childAt(root, 'apps'), file.apps, (name, app) =>
      toApp(name, app, childAt(root, 'apps', name, 'environments')),
    ),
  };
}

function named<In, Out>(
  order: Located | undefined,
  values: Readonly<Record<string, In>> | undefined,
  convert: (name: string, value: In) => Out,
): Out[] {
  return entriesOf(order).flatMap(([name]) => {
    const value = values?.[name];
    return value === undefined ? [] : [convert(name, value)];
  });
}

function toRepository(name: string, file: FileRepository): RepositoryConfig {
  const pushLimit = file.push_limit === undefined ? null : parseByteSize(file.push_limit);
  return {
    name,
    url: file.url ?? null,
    credential: toCredential(file),
    fetch_every_seconds: seconds(file.fetch_every) ?? defaults.fetchEvery,
    ...(pushLimit === null ? {} : { push_limit_bytes: pushLimit }),
  };
}

function toCredential(file: FileRepository): RepositoryConfig['credential'] {
  if (file.token !== undefined) return { kind: 'token', reference: toReference(file.token) };
  return file.ssh_key === undefined ? null : { kind: 'ssh_key', reference: toReference(file.ssh_key) };
}

function toApp(name: string, file: FileApp, order: Located | undefined): AppConfig {
  return {
    name,
    repository: file.repository,
    team: file.team,
    paths: file.paths ?? [],
    provider: file.provider ?? defaults.provider,
    env: toEnv(file.env),
    secrets: toSecrets(file.secrets),
    timeout_seconds: seconds(file.timeout) ?? defaults.timeout,
    silence_timeout_seconds: seconds(file.silence_timeout) ?? defaults.silenceTimeout,
    steps: (file.steps ?? []).map(toStep),
    environments: named(order, file.environments, (environment, settings) =>
      toEnvironment(environment, settings ?? {}),
    ),
  };
}

function toEnvironment(name: string, file: FileEnvironment): AppEnvironmentConfig {
  return {
    name,
    ref: file.ref ?? null,
    url: file.url ?? null,
    env: toEnv(file.env),
    secrets: toSecrets(file.secrets),
    timeout_seconds: seconds(file.timeout),
    silence_timeout_seconds: seconds(file.silence_timeout),
    steps: file.steps?.map(toStep) ?? null,
    required_checks: file.required_checks ?? [],
    optional_checks: file.optional_checks ?? [],
    health: file.health ? toHealth(file.health) : null,
  };
}

function toHealth(file: NonNullable<FileEnvironment['health']>): HealthConfig {
  return {
    url: file.url,
    timeout_seconds: seconds(file.timeout) ?? defaults.healthTimeout,
    contains_sha: file.contains_sha ?? false,
  };
}

function toStep(file: FileStep): StepConfig {
  return {
    name: file.name,
    command: toCommand(file),
    directory: file.directory ?? '.',
    timeout_seconds: seconds(file.timeout),
    env: toEnv(file.env),
    only: file.only ?? null,
  };
}

function toCommand(file: FileStep): StepCommand {
  if (file.run !== undefined) return { kind: 'script', script: file.run };
  if (file.argv !== undefined) return { kind: 'argv', argv: file.argv };
  throw new AppError('internal', `step ${file.name} was read without a command`);
}

function toEnv(file: FileApp['env']): Record<string, string> {
  return Object.fromEntries(Object.entries(file ?? {}).map(([name, value]) => [name, String(value)]));
}

function toSecrets(file: FileApp['secrets']): Record<string, SecretReference> {
  return Object.fromEntries(Object.entries(file ?? {}).map(([name, text]) => [name, toReference(text)]));
}

function toReference(text: string): SecretReference {
  const reference = parseReference(text);
  if (reference === null) throw new AppError('internal', 'a reference was read that is none');
  return reference;
}

function seconds(value: number | string | undefined): number | null {
  return value === undefined ? null : parseDuration(value);
}
