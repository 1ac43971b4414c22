import type {
  AppConfig,
  EnvironmentConfig,
  EnvironmentStep,
  StepConfig,
} from '../../contract/configuration.ts';
import { AppError } from '../../platform/errors.ts';
import { suggestion } from '../../platform/text/nearest.ts';

/**
 * Everything a deploy to the environment needs, as a frozen copy: the environment's settings over the app's, and
 * only the steps that run there. What the environment says of a variable wins, whether it says so under `env` or
 * under `secrets`. Throws `not_found` for an environment that the app does not have.
 */
export function resolveEnvironment(app: AppConfig, environmentName: string): EnvironmentConfig {
  const environment = app.environments.find(({ name }) => name === environmentName);
  if (!environment) {
    const known = app.environments.map(({ name }) => name);
    const message = `app ${app.name} has no environment \`${environmentName}\`${suggestion(environmentName, known)}`;
    throw new AppError('not_found', message, { app: app.name, environment: environmentName });
  }
  return frozenCopy<EnvironmentConfig>({
    app: app.name,
    environment: environment.name,
    repository: app.repository,
    team: app.team,
    paths: app.paths,
    provider: app.provider,
    ref: environment.ref,
    url: environment.url,
    env: { ...without(app.env, environment.secrets), ...environment.env },
    secrets: { ...without(app.secrets, environment.env), ...environment.secrets },
    timeout_seconds: environment.timeout_seconds ?? app.timeout_seconds,
    silence_timeout_seconds: environment.silence_timeout_seconds ?? app.silence_timeout_seconds,
    steps: stepsFor(environment.steps ?? app.steps, environment.name),
    required_checks: environment.required_checks,
    optional_checks: environment.optional_checks,
    health: environment.health,
  });
}

function stepsFor(steps: readonly StepConfig[], environment: string): EnvironmentStep[] {
  return steps
    .filter(({ only }) => only === null || only.includes(environment))
    .map(({ only: _, ...step }) => step);
}

function without<Value>(values: Readonly<Record<string, Value>>, names: object): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(names, name)));
}

function frozenCopy<Value>(value: Value): Value {
  const copy = structuredClone(value);
  freeze(copy);
  return copy;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) freeze(inner);
  Object.freeze(value);
}
