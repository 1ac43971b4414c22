import { type ComponentType, lazy } from 'react';
import type { Role } from '../../../contract/endpoint.ts';

export interface SettingsSection {
  /** Stands in the address. */
  readonly id: string;
  readonly label: string;
  /** The least role that it is for. */
  readonly role: Role;
  /** What it is about, in one line. */
  readonly about: string;
  readonly Screen: ComponentType;
}

/** The sections of the settings, in order; each is loaded when it is first gone to. */
export const sections: readonly [SettingsSection, ...SettingsSection[]] = [
  {
    id: 'account',
    label: 'Your account',
    role: 'viewer',
    about: 'Who you are here, your password, and where you are signed in.',
    Screen: lazy(() => import('./account/index.tsx')),
  },
  {
    id: 'tokens',
    label: 'API tokens',
    role: 'viewer',
    about: 'For the command line, for CI and for scripts: each acts as its user, within its scopes.',
    Screen: lazy(() => import('./tokens/index.tsx')),
  },
  {
    id: 'users',
    label: 'Users',
    role: 'viewer',
    about: 'Who may sign in, and what they may do.',
    Screen: lazy(() => import('./users/index.tsx')),
  },
  {
    id: 'repositories',
    label: 'Repositories',
    role: 'viewer',
    about: 'Where commits come from, and whether they can be fetched.',
    Screen: lazy(() => import('./repositories/index.tsx')),
  },
  {
    id: 'workflows',
    label: 'Workflows',
    role: 'viewer',
    about: 'Secrets, variables and environments of the jobs that workflows run.',
    Screen: lazy(() => import('./workflows/index.tsx')),
  },
  {
    id: 'secrets',
    label: 'Secrets',
    role: 'admin',
    about:
      'Values that configuration refers to by name. They are sealed, masked in logs, and never shown again.',
    Screen: lazy(() => import('./secrets/index.tsx')),
  },
  {
    id: 'configuration',
    label: 'Configuration',
    role: 'admin',
    about: 'Repositories, apps, teams and projects from a file: first what would change, then the change.',
    Screen: lazy(() => import('./configuration/index.tsx')),
  },
  {
    id: 'audit',
    label: 'Audit log',
    role: 'admin',
    about: 'Who did what, from where, when. Nothing is ever taken out of it.',
    Screen: lazy(() => import('./audit/index.tsx')),
  },
  {
    id: 'about',
    label: 'About',
    role: 'viewer',
    about: 'This Slipway: its version, its runners, and where its data lies.',
    Screen: lazy(() => import('./about/index.tsx')),
  },
];
