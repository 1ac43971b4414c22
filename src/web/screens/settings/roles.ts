import type { Role, Scope } from '../../../contract/endpoint.ts';

/** What each role may do, beyond the ones before it. */
export const roleMeanings: Readonly<Record<Role, string>> = {
  viewer: 'may look at everything but secrets',
  member: 'may ship, roll back and lock the apps of their teams, and change their projects',
  admin: 'may do that everywhere, and change users, teams, secrets and configuration',
  owner: 'may do everything, also make owners',
};

/** What a token of each scope may be used for; never more than its user may do. */
export const scopeMeanings: Readonly<Record<Scope, string>> = {
  read: 'Look at apps, deploys, logs and projects.',
  deploy: 'Ship, roll back, lock, report checks; change projects and see their secret DSNs.',
  admin: 'Change users, teams, secrets and configuration.',
};

/** The shortest password that the server takes. */
export const shortestPassword = 10;
