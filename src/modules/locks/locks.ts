import type { Lock } from '../../contract/locks.ts';
import type { LockRow } from './store.ts';

/** What a lock covers, as people write it: `everything`, `harbor`, `harbor/production`. */
export const scopeOf = (row: { app: string | null; environment: string | null }): string =>
  row.app === null ? 'everything' : row.environment === null ? row.app : `${row.app}/${row.environment}`;

/** Whether a lock covers an environment of an app. */
export const covers = (
  lock: { app: string | null; environment: string | null },
  app: string,
  environment: string,
): boolean =>
  lock.app === null || (lock.app === app && (lock.environment === null || lock.environment === environment));

export const presentLock = (row: LockRow): Lock => ({
  id: row.id,
  scope: scopeOf(row),
  app: row.app,
  environment: row.environment,
  reason: row.reason,
  created_by: row.created_by,
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at?.toISOString() ?? null,
});
