import { Option } from 'commander';
import { AppError } from '../platform/errors.ts';

export interface ScopeOptions {
  readonly repository?: string;
  readonly environment?: string;
  readonly organization?: true;
}

/** Whose secrets or variables of workflows are meant, as the API wants to hear it. */
export interface ScopeQuery {
  readonly repository?: string;
  readonly environment?: string;
}

/** `--repository R`, with `--environment E`; or `--organization`. */
export const scopeOptions = (): Option[] => [
  new Option('--repository <repository>', 'of the workflows of this repository'),
  new Option('--environment <environment>', 'of jobs that name this environment of it'),
  new Option('--organization', 'of the workflows of all repositories').conflicts([
    'repository',
    'environment',
  ]),
];

/** What the options name; undefined when they name nothing. */
export function scopeOf({ repository, environment, organization }: ScopeOptions): ScopeQuery | undefined {
  if (repository === undefined && environment !== undefined) {
    throw new AppError(
      'invalid_input',
      `--environment ${environment} is one of a repository; name that too: --repository REPOSITORY`,
    );
  }
  if (repository === undefined) return organization ? {} : undefined;
  return environment === undefined ? { repository } : { repository, environment };
}

/** What the options name; throws when they name nothing. `what` is to be done, for the message. */
export function requireScope(options: ScopeOptions, what: string): ScopeQuery {
  const scope = scopeOf(options);
  if (scope !== undefined) return scope;
  throw new AppError(
    'invalid_input',
    `say whose ${what}: --repository REPOSITORY (and --environment ENVIRONMENT), or --organization`,
  );
}

/** How people call it. */
export function labelOf(scope: { repository?: string | null; environment?: string | null }): string {
  if (!scope.repository) return 'organization';
  return scope.environment ? `${scope.repository}/${scope.environment}` : scope.repository;
}
