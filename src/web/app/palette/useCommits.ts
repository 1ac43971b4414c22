import { useQueries } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { App, Rung } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { apiQuery, useApi } from '../../api/hooks.ts';
import { paths } from '../paths.ts';
import type { PaletteAction } from './actions.ts';

/** Of so many apps, the one of this page first: each is asked for its newest commits. */
const mostApps = 8;
const newest = 100;

/** The newest commits, each under an app that it concerns, and any other one whose sha is typed. */
export function useCommits(typed: string): PaletteAction[] {
  const [here, go] = useLocation();
  const wanted = typed.trim().toLowerCase();
  const { data } = useApi(api.listApps, {});
  const apps = nearestFirst(data?.items ?? [], here).slice(0, mostApps);
  const answers = useQueries({
    queries: apps.map(({ name: app }) => ({
      ...apiQuery(api.listRungs, { params: { app }, query: { limit: newest } }),
      enabled: wanted.length > 1,
    })),
  });
  if (wanted.length < 2) return [];
  const found = new Map<string, { app: App; rung: Rung }>();
  apps.forEach((app, index) => {
    for (const rung of answers[index]?.data?.items ?? [])
      if (rung.affects_app && !found.has(rung.sha)) found.set(rung.sha, { app, rung });
  });
  const known = [...found.values()].map(
    ({ app, rung }): PaletteAction => ({
      id: `commit-${rung.sha}`,
      label: rung.subject,
      group: 'Commits',
      icon: 'commit',
      keywords: `${rung.sha} ${rung.author_name}`,
      hint: `${rung.sha.slice(0, 8)} · ${app.name} · ${rung.author_name}`,
      run: () => go(paths.commit(app.name, rung.sha)),
    }),
  );
  const isKnown = known.some(({ id }) => id.startsWith(`commit-${wanted}`));
  return isSha(wanted) && !isKnown ? [...known, ...lookups(apps, wanted, go)] : known;
}

const isSha = (text: string): boolean => /^[0-9a-f]{7,64}$/.test(text);

/** An older one, or one of another branch: where it is is found out when it is gone to. */
const lookups = (apps: readonly App[], sha: string, go: (path: string) => void): PaletteAction[] =>
  apps.map(({ name }) => ({
    id: `commit-${name}-${sha}`,
    label: `Commit ${sha.slice(0, 12)} of ${name}`,
    group: 'Commits',
    icon: 'commit',
    keywords: sha,
    run: () => go(paths.commit(name, sha, sha)),
  }));

function nearestFirst(apps: readonly App[], here: string): App[] {
  const isHere = ({ name }: App) => `${here}/`.startsWith(`${paths.app(name)}/`);
  return [...apps.filter(isHere), ...apps.filter((app) => !isHere(app))];
}
