import { Link, useRoute } from 'wouter';
import type { App } from '../../contract/apps.ts';
import { api } from '../../contract/index.ts';
import { useApi } from '../api/hooks.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { LiveMark } from './LiveMark.tsx';
import { Mark } from './Mark.tsx';
import { navigation } from './navigation.ts';
import { paths } from './paths.ts';
import styles from './Rail.module.css';
import { UserMenu } from './UserMenu.tsx';

export interface RailProps {
  readonly onSearch: () => void;
  readonly onShortcuts: () => void;
}

/** The way around, at the side of a wide window. */
export function Rail({ onSearch, onShortcuts }: RailProps) {
  return (
    <header className={styles.rail}>
      <Link to={paths.overview()} className={styles.brand}>
        <Mark /> Slipway
      </Link>
      <button type="button" className={styles.search} onClick={onSearch}>
        <Icon name="search" /> <span>Go to or do…</span> <Kbd keys="mod+k" />
      </button>
      <Navigation />
      <div className={styles.foot}>
        <LiveMark />
        <UserMenu onShortcuts={onShortcuts} />
      </div>
    </header>
  );
}

/** The screens and the apps. `onGo` is called when one of them was chosen. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  const { data } = useApi(api.listApps, {});
  return (
    <nav aria-label="Main" className={styles.navigation}>
      <ul>
        {navigation.map(({ path, label, icon }) => (
          <li key={path}>
            <NavigationLink path={path} icon={icon} label={label} onGo={onGo} />
          </li>
        ))}
      </ul>
      {data !== undefined && data.items.length > 0 && (
        <>
          <h2 className={styles.heading}>Apps</h2>
          <ul>
            {data.items.map((app) => (
              <li key={app.name}>
                <AppLink app={app} onGo={onGo} />
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

interface NavigationLinkProps {
  readonly path: string;
  readonly icon: IconName;
  readonly label: string;
  readonly onGo?: (() => void) | undefined;
}

function NavigationLink({ path, icon, label, onGo }: NavigationLinkProps) {
  const [here] = useRoute(path === '/' ? path : `${path}/*?`);
  return (
    <Link to={path} className={styles.link} aria-current={here ? 'page' : undefined} onClick={onGo}>
      <Icon name={icon} /> {label}
    </Link>
  );
}

function AppLink({ app, onGo }: { app: App; onGo?: (() => void) | undefined }) {
  const [here] = useRoute(`${paths.app(app.name)}/*?`);
  const state = stateOf(app);
  return (
    <Link
      to={paths.app(app.name)}
      className={styles.link}
      aria-current={here ? 'page' : undefined}
      onClick={onGo}
    >
      <Icon name="ladder" /> <span className={styles.name}>{app.name}</span>
      {state && <StateMark state={state} bare />}
    </Link>
  );
}

/** The one thing about an app that one should see from elsewhere: something moves, is locked, or failed last. */
function stateOf({ environments }: App) {
  const active = environments.find((environment) => environment.active !== null)?.active;
  if (active) return active.state;
  if (environments.some((environment) => environment.locks.length > 0)) return 'locked';
  if (environments.some((environment) => environment.in_doubt)) return 'failed';
  return undefined;
}
