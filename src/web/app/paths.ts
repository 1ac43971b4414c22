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
  projects: () => '/projects',
  project: (project: string) => `/projects/${project}`,
  teams: () => '/teams',
  team: (team: string) => `/teams/${team}`,
  settings: (section?: string) => (section === undefined ? '/settings' : `/settings/${section}`),
  welcome: () => '/welcome',
} as const;

function queryOf(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return query.size === 0 ? '' : `?${query}`;
}
