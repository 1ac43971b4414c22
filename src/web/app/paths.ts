import type { Deploy } from '../../contract/deploys.ts';

/** Where the screens are: the only place that knows. Below the path of a proxy the router puts that in front. */
export const paths = {
  overview: () => '/',
  app: (app: string) => `/apps/${app}`,
  /** A commit among those of an app, or of a ref of it. */
  commit: (app: string, commit: string, ref?: string) => `/apps/${app}${queryOf({ ref, commit })}`,
  /** Where one chooses what to ship. */
  shipping: () => '/ship',
  ship: (app: string, environment?: string, ref?: string) =>
    `/apps/${app}/ship${queryOf({ environment, ref })}`,
  deploy: (deploy: Pick<Deploy, 'app' | 'environment' | 'number'>) =>
    `/apps/${deploy.app}/${deploy.environment}/deploys/${deploy.number}`,
  deploys: (filter: { app?: string; environment?: string; state?: string } = {}) =>
    `/deploys${queryOf(filter)}`,
  runs: (filter: Partial<Record<RunFilter, string>> = {}) => `/runs${queryOf(filter)}`,
  /** A run at its last attempt, unless an earlier one is meant. */
  run: (run: number, attempt?: number) => `/runs/${run}${queryOf({ attempt: attempt?.toString() })}`,
  /** A job; with a step, that one is looked at first. */
  job: (run: number, job: number, step?: number) =>
    `/runs/${run}/jobs/${job}${queryOf({ step: step?.toString() })}`,
  projects: () => '/projects',
  project: (project: string) => `/projects/${project}`,
  teams: () => '/teams',
  team: (team: string) => `/teams/${team}`,
  settings: (section?: string) => (section === undefined ? '/settings' : `/settings/${section}`),
  /** Secrets, variables and environments of workflows: of all, of a repository, of one of its environments. */
  workflowSettings: (scope: { repository?: string; environment?: string } = {}) =>
    `/settings/workflows${queryOf(scope)}`,
  welcome: () => '/welcome',
} as const;

/** What the runs that are listed may be narrowed by. */
export type RunFilter =
  | 'repository'
  | 'workflow'
  | 'branch'
  | 'sha'
  | 'event'
  | 'actor'
  | 'state'
  | 'conclusion';

function queryOf(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return query.size === 0 ? '' : `?${query}`;
}
