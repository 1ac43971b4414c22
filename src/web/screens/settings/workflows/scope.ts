import { useFilters } from '../../../features/filters/index.ts';

/** Whose secrets and variables are looked at: an environment's, a repository's, or (neither) the organization's. */
export interface Scope {
  readonly repository?: string;
  readonly environment?: string;
}

/** The scope that the address says, and a way to another one. */
export function useScope(): { scope: Scope; go: (scope: Scope) => void } {
  const { query, set } = useFilters(['repository', 'environment']);
  const { repository, environment } = query;
  return {
    scope: repository === undefined ? {} : { repository, ...(environment && { environment }) },
    go: (next) => {
      set('repository', next.repository ?? '');
      set('environment', next.environment ?? '');
    },
  };
}

/** How people call it: `harbor/production`, `harbor`, `the organization`. */
export function nameOfScope({ repository, environment }: Scope): string {
  if (repository === undefined) return 'the organization';
  return environment === undefined ? repository : `${repository}/${environment}`;
}
