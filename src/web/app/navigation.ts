import type { IconName } from '../ui/Icon.tsx';
import { paths } from './paths.ts';

export interface NavigationItem {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  /** The shortcut that goes there. */
  readonly keys: string;
}

/** The screens that the navigation leads to, in order. Apps stand below them. */
export const navigation: readonly NavigationItem[] = [
  { path: paths.overview(), label: 'Overview', icon: 'overview', keys: 'g o' },
  { path: paths.shipping(), label: 'Ship', icon: 'ship', keys: 'g h' },
  { path: paths.deploys(), label: 'Deploys', icon: 'history', keys: 'g d' },
  { path: paths.runs(), label: 'Runs', icon: 'runs', keys: 'g r' },
  { path: paths.projects(), label: 'Projects', icon: 'project', keys: 'g p' },
  { path: paths.teams(), label: 'Teams', icon: 'team', keys: 'g t' },
  { path: paths.settings(), label: 'Settings', icon: 'settings', keys: 'g s' },
];
