import { useLocation } from 'wouter';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import type { PaletteAction } from '../../app/palette/actions.ts';
import { paths } from '../../app/paths.ts';
import { useHasRole } from '../../app/session.ts';
import { openLock, openRollback, openUnlock } from './dialogs.tsx';

/** What the palette offers for every environment one may deploy to: the way back first. */
export function useEnvironmentActions(): PaletteAction[] {
  const [, go] = useLocation();
  const { data } = useApi(api.listApps, {});
  const locks = useApi(api.listLocks, {}).data?.items ?? [];
  const isAdmin = useHasRole('admin');
  const places = (data?.items ?? [])
    .filter((app) => app.may_deploy)
    .flatMap((app) => app.environments.map((environment) => ({ app, environment })));
  const actions = [
    ...places.flatMap(({ app, environment }) => rollbackOf(app, environment)),
    ...places.map(({ app, environment }) => lockOf(app, environment)),
    ...places.map(
      ({ app, environment }): PaletteAction => ({
        id: `ship-${app.name}/${environment.name}`,
        label: `Ship to ${app.name}/${environment.name}`,
        group: 'Actions',
        icon: 'ship',
        keywords: 'deploy release',
        run: () => go(paths.ship(app.name, environment.name)),
      }),
    ),
  ];
  return isAdmin ? [...actions, lockOfEverything(locks.find((lock) => lock.app === null))] : actions;
}

function rollbackOf(app: App, environment: EnvironmentStatus): PaletteAction[] {
  const { live } = environment;
  if (live === null) return [];
  return [
    {
      id: `rollback-${app.name}/${environment.name}`,
      label: `Roll back ${app.name}/${environment.name}`,
      group: 'Actions',
      icon: 'rollback',
      keywords: 'rollback revert undo previous',
      hint: `from ${live.short_sha}`,
      run: () => openRollback({ app: app.name, environment: environment.name }),
    },
  ];
}

function lockOf(app: App, environment: EnvironmentStatus): PaletteAction {
  const name = `${app.name}/${environment.name}`;
  const own = environment.locks.find((lock) => lock.environment !== null);
  return own === undefined
    ? {
        id: `lock-${name}`,
        label: `Lock ${name}`,
        group: 'Actions',
        icon: 'lock',
        keywords: 'freeze hold pause stop',
        run: () => openLock({ app: app.name, environment: environment.name }),
      }
    : {
        id: `unlock-${name}`,
        label: `Unlock ${name}`,
        group: 'Actions',
        icon: 'unlock',
        hint: `locked by ${own.created_by}`,
        run: () => openUnlock(own),
      };
}

function lockOfEverything(lock: Parameters<typeof openUnlock>[0] | undefined): PaletteAction {
  return {
    id: 'lock-everything',
    label: lock === undefined ? 'Lock everything' : 'Unlock everything',
    group: 'Actions',
    icon: lock === undefined ? 'lock' : 'unlock',
    keywords: 'freeze hold pause stop',
    run: () => (lock === undefined ? openLock({}) : openUnlock(lock)),
  };
}
