import type { App } from '../../../contract/apps.ts';
import { api } from '../../../contract/index.ts';
import { useApi } from '../../api/hooks.ts';
import { LockBanner } from '../../features/lock/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import styles from './overview.module.css';

/** What stops everything, or much of it: no runner, and locks. */
export function Alarms({ apps, runners }: { apps: readonly App[]; runners: number }) {
  // That everything is locked is said on every screen.
  const locks = useApi(api.listLocks, {}).data?.items.filter((lock) => lock.app !== null) ?? [];
  if (runners > 0 && locks.length === 0) return null;
  return (
    <div className={styles.alarms}>
      {runners === 0 && <NoRunner queued={countQueued(apps)} />}
      {locks.map((lock) => (
        <LockBanner key={lock.id} lock={lock} />
      ))}
    </div>
  );
}

const countQueued = (apps: readonly App[]): number =>
  apps.flatMap((app) => app.environments).reduce((sum, environment) => sum + environment.queued.length, 0);

function NoRunner({ queued }: { queued: number }) {
  const waits =
    queued === 0
      ? 'No deploy can start'
      : `${queued === 1 ? 'One deploy waits' : `${queued} deploys wait`}, and none can start`;
  return (
    <Banner tone="needs-you" icon="stop" title="No runner is alive">
      <p>
        {waits} until there is one. <code>slipway up</code> brings its own; on another machine, start{' '}
        <code>slipway serve --services=runner</code>.
      </p>
    </Banner>
  );
}
