import { useLocation } from 'wouter';
import type { Deploy } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { useEnvironmentActions } from '../../features/environment/useEnvironmentActions.ts';
import { stateWord } from '../../ui/StateMark.tsx';
import { navigation } from '../navigation.ts';
import { paths } from '../paths.ts';
import { useSignOut } from '../session.ts';
import { chooseTheme, themes } from '../theme.ts';
import type { PaletteAction } from './actions.ts';
import { useCommits } from './useCommits.ts';
import { useRuns } from './useRuns.ts';

/** What the palette offers everywhere. A new source is a hook here; each is called while the palette is open. */
export function useSources(typed: string): PaletteAction[] {
  return [
    ...useEnvironmentActions(),
    ...useApps(),
    ...useCommits(typed),
    ...useDeploys(typed),
    ...useRuns(typed),
    ...useScreens(),
    ...useOwnThings(),
  ];
}

function useApps(): PaletteAction[] {
  const [, go] = useLocation();
  const { data } = useApi(api.listApps, {});
  return (data?.items ?? []).map((app) => ({
    id: `app-${app.name}`,
    label: app.name,
    group: 'Apps',
    icon: 'ladder',
    keywords: `app ${app.team} ${app.environments.map((environment) => environment.name).join(' ')}`,
    hint: app.environments
      .map((environment) => `${environment.name} ${environment.live?.short_sha ?? '–'}`)
      .join(' · '),
    run: () => go(paths.app(app.name)),
  }));
}

/** The newest deploys, and those of a sha that is typed. */
function useDeploys(typed: string): PaletteAction[] {
  const [, go] = useLocation();
  const sha = /^[0-9a-f]{4,64}$/.test(typed.trim()) ? typed.trim() : undefined;
  const newest = useApi(api.listDeploys, { query: { limit: 20 } });
  const ofSha = useApi(
    api.listDeploys,
    { query: { limit: 20, ...(sha ? { sha } : {}) } },
    { enabled: !!sha },
  );
  const found = new Map<string, Deploy>();
  for (const deploy of [...(ofSha.data?.items ?? []), ...(newest.data?.items ?? [])])
    found.set(deploy.name, deploy);
  return [...found.values()].map((deploy) => ({
    id: `deploy-${deploy.name}`,
    label: deploy.name,
    group: 'Deploys',
    icon: 'ship',
    keywords: `${deploy.sha} ${deploy.title} ${deploy.requested_by.name} ${stateWord(deploy.state)}`,
    hint: `${stateWord(deploy.state)} · ${deploy.short_sha} ${deploy.title}`,
    run: () => go(paths.deploy(deploy)),
  }));
}

function useScreens(): PaletteAction[] {
  const [, go] = useLocation();
  const screens = navigation.map(
    ({ path, label, icon, keys }): PaletteAction => ({
      id: `screen-${path}`,
      label,
      group: 'Go to',
      icon,
      hint: keys,
      run: () => go(path),
    }),
  );
  return [
    ...screens,
    {
      id: 'screen-welcome',
      label: 'First steps',
      group: 'Go to',
      keywords: 'welcome begin sample help',
      run: () => go(paths.welcome()),
    },
  ];
}

function useOwnThings(): PaletteAction[] {
  const signOut = useSignOut();
  return [
    ...themes.map(
      (theme): PaletteAction => ({
        id: `theme-${theme}`,
        label: theme === 'system' ? 'Theme of the system' : `${theme === 'dark' ? 'Dark' : 'Light'} theme`,
        group: 'Actions',
        icon: theme === 'dark' ? 'moon' : 'sun',
        keywords: 'appearance colours mode',
        run: () => chooseTheme(theme),
      }),
    ),
    {
      id: 'sign-out',
      label: 'Sign out',
      group: 'Actions',
      keywords: 'log out leave',
      run: () => signOut.mutate(),
    },
  ];
}
