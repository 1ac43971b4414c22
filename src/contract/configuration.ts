import { z } from 'zod';
import { Name } from './common.ts';

/** How a deploy may act. The name is what `provider:` says in `slipway.yml`. */
export const providers = ['shell'] as const;
export type Provider = (typeof providers)[number];

const Seconds = z.number().int().positive();

/** Variables of a process, as they are; never secret. */
export const PlainEnv = z.record(z.string(), z.string());

/** Where a secret comes from; the value itself is no part of any configuration. */
export const SecretReference = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('secret'), name: z.string() }).meta({ title: `\${secret:NAME}` }),
    z.object({ kind: z.literal('environment'), name: z.string() }).meta({ title: `\${ENV_NAME}` }),
    z.object({ kind: z.literal('file'), path: z.string() }).meta({ title: `\${file:/abs/path}` }),
  ])
  .meta({ id: 'SecretReference' });
export type SecretReference = z.infer<typeof SecretReference>;

/** Environment variable → where its value comes from. */
export const SecretEnv = z.record(z.string(), SecretReference);

export const RepositoryConfig = z
  .object({
    name: Name,
    url: z.string().nullable().meta({ description: 'null = hosted by Slipway: people push to it' }),
    credential: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('token'), reference: SecretReference }),
        z.object({ kind: z.literal('ssh_key'), reference: SecretReference }),
      ])
      .nullable(),
    fetch_every_seconds: z.number().int().nonnegative().meta({ description: '0 = only on demand' }),
    push_limit_bytes: z
      .number()
      .int()
      .positive()
      .optional()
      .meta({ description: 'Of one push to a hosted one; without it what SLIPWAY_PUSH_LIMIT says' }),
  })
  .meta({ id: 'RepositoryConfig' });
export type RepositoryConfig = z.infer<typeof RepositoryConfig>;

export const StepCommand = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('script'), script: z.string() })
      .meta({ description: 'Run by `bash -eo pipefail`.' }),
    z.object({ kind: z.literal('argv'), argv: z.array(z.string()).min(1) }),
  ])
  .meta({ id: 'StepCommand' });
export type StepCommand = z.infer<typeof StepCommand>;

/** A step as an environment runs it. */
export const EnvironmentStep = z
  .object({
    name: z.string(),
    command: StepCommand,
    directory: z.string().meta({ description: 'Relative to the checkout; `.` is its root.' }),
    timeout_seconds: Seconds.nullable().meta({ description: 'null = the limit of the deploy alone' }),
    env: PlainEnv.meta({ description: 'Wins over the variables of the deploy, secrets included.' }),
  })
  .meta({ id: 'EnvironmentStep' });
export type EnvironmentStep = z.infer<typeof EnvironmentStep>;

/** A step as it is declared, for all environments or for those named in `only`. */
export const StepConfig = EnvironmentStep.extend({ only: z.array(Name).nullable() }).meta({
  id: 'StepConfig',
});
export type StepConfig = z.infer<typeof StepConfig>;

export const HealthConfig = z
  .object({
    url: z.string(),
    timeout_seconds: Seconds,
    contains_sha: z.boolean().meta({ description: 'The page must show the sha that was shipped.' }),
  })
  .meta({ id: 'HealthConfig' });
export type HealthConfig = z.infer<typeof HealthConfig>;

const checks = {
  required_checks: z
    .array(z.string())
    .meta({ description: 'Names of checks; `*` stands for any characters.' }),
  optional_checks: z.array(z.string()).meta({ description: 'Like required ones, but force skips them.' }),
};

/** An environment as it is declared: what it says beyond its app. */
export const AppEnvironmentConfig = z
  .object({
    name: Name,
    ref: z.string().nullable().meta({ description: 'null = the default branch of the repository' }),
    url: z.string().nullable(),
    env: PlainEnv,
    secrets: SecretEnv,
    timeout_seconds: Seconds.nullable(),
    silence_timeout_seconds: Seconds.nullable(),
    steps: z.array(StepConfig).nullable().meta({ description: 'null = those of the app' }),
    ...checks,
    health: HealthConfig.nullable(),
  })
  .meta({ id: 'AppEnvironmentConfig' });
export type AppEnvironmentConfig = z.infer<typeof AppEnvironmentConfig>;

export const AppConfig = z
  .object({
    name: Name,
    repository: Name,
    team: Name,
    paths: z.array(z.string()).meta({ description: 'Which commits concern the app; empty = all.' }),
    provider: z.enum(providers),
    env: PlainEnv,
    secrets: SecretEnv,
    timeout_seconds: Seconds,
    silence_timeout_seconds: Seconds,
    steps: z.array(StepConfig),
    environments: z.array(AppEnvironmentConfig).meta({ description: 'In the order of the file.' }),
  })
  .meta({ id: 'AppConfig' });
export type AppConfig = z.infer<typeof AppConfig>;

/** Everything a deploy to one environment needs, with nothing left to look up: what a deploy freezes. */
export const EnvironmentConfig = z
  .object({
    app: Name,
    environment: Name,
    repository: Name,
    team: Name,
    paths: z.array(z.string()),
    provider: z.enum(providers),
    ref: z.string().nullable(),
    url: z.string().nullable(),
    env: PlainEnv,
    secrets: SecretEnv,
    timeout_seconds: Seconds,
    silence_timeout_seconds: Seconds,
    steps: z.array(EnvironmentStep).min(1),
    ...checks,
    health: HealthConfig.nullable(),
  })
  .meta({ id: 'EnvironmentConfig' });
export type EnvironmentConfig = z.infer<typeof EnvironmentConfig>;

/** A whole `slipway.yml`, parsed: defaults filled in, durations in seconds, order kept. */
export const Configuration = z
  .object({ repositories: z.array(RepositoryConfig), apps: z.array(AppConfig) })
  .meta({ id: 'Configuration' });
export type Configuration = z.infer<typeof Configuration>;
