import type { App } from '../../../contract/apps.ts';
import type { Deploy } from '../../../contract/deploys.ts';
import type { Lock } from '../../../contract/locks.ts';

/** What is locked: everything, an app, or one of its environments. */
export interface Scope {
  readonly app?: string | undefined;
  readonly environment?: string | undefined;
}

export const scopeName = ({ app, environment }: Scope): string =>
  app === undefined ? 'everything' : environment === undefined ? app : `${app}/${environment}`;

/** The scope itself, then what it is part of: what a dialog offers to lock instead. */
export function widerScopes(scope: Scope, mayLockEverything: boolean): Scope[] {
  const scopes: Scope[] = [];
  if (scope.environment !== undefined) scopes.push(scope);
  if (scope.app !== undefined) scopes.push({ app: scope.app });
  if (mayLockEverything || scope.app === undefined) scopes.push({});
  return scopes;
}

export const scopeOfLock = (lock: Pick<Lock, 'app' | 'environment'>): Scope => ({
  app: lock.app ?? undefined,
  environment: lock.environment ?? undefined,
});

export const covers = (scope: Scope, app: string, environment: string): boolean =>
  (scope.app === undefined || scope.app === app) &&
  (scope.environment === undefined || scope.environment === environment);

/** The deploys that wait in a scope, in their order. */
export const queuedIn = (apps: readonly App[], scope: Scope): Deploy[] =>
  apps.flatMap((app) =>
    app.environments
      .filter((environment) => covers(scope, app.name, environment.name))
      .flatMap((environment) => environment.queued),
  );

/** The deploys that wait behind a lock. Rollbacks pass, and what is held waits for somebody already. */
export const waitingBehind = (apps: readonly App[], lock: Lock): Deploy[] =>
  queuedIn(apps, scopeOfLock(lock)).filter((deploy) => deploy.kind !== 'rollback' && deploy.held === null);
