import { useLocation } from 'wouter';
import type { App, EnvironmentStatus } from '../../../contract/apps.ts';
import { paths } from '../../app/paths.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { openLock, openRollback, openUnlock } from './dialogs.tsx';

/** What can be done with an environment: ship, roll back, lock, look back. */
export function EnvironmentMenu({ app, environment }: { app: App; environment: EnvironmentStatus }) {
  const [, go] = useLocation();
  const where = { app: app.name, environment: environment.name };
  const own = environment.locks.find((lock) => lock.environment !== null);
  const act: MenuEntry[] = [
    { label: 'Ship…', icon: 'ship', onSelect: () => go(paths.ship(app.name, environment.name)) },
    {
      label: 'Roll back…',
      icon: 'rollback',
      danger: true,
      disabled: environment.live === null,
      onSelect: () => openRollback(where),
    },
    own === undefined
      ? { label: 'Lock…', icon: 'lock', onSelect: () => openLock(where) }
      : { label: 'Unlock…', icon: 'unlock', onSelect: () => openUnlock(own) },
    'separator',
  ];
  const look: MenuEntry[] = [
    { label: 'Ladder', icon: 'ladder', onSelect: () => go(paths.app(app.name)) },
    { label: 'History', icon: 'history', onSelect: () => go(paths.deploys(where)) },
  ];
  return (
    <Menu
      tone="quiet"
      size="small"
      label={`Actions for ${app.name}/${environment.name}`}
      entries={app.may_deploy ? [...act, ...look] : look}
    >
      <Icon name="more" />
    </Menu>
  );
}
