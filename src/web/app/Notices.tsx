import { api } from '../../contract/index.ts';
import { useApi } from '../api/hooks.ts';
import { LockBanner } from '../features/lock/index.ts';
import { Banner } from '../ui/Banner.tsx';
import { Time } from '../ui/Time.tsx';
import { useLive } from './liveContext.tsx';
import styles from './Notices.module.css';

/** What concerns every screen: that it is no longer live, and that everything is locked. */
export function Notices() {
  return (
    <div className={styles.notices}>
      <div role="status">
        <StaleNotice />
      </div>
      <EverythingLocked />
    </div>
  );
}

function StaleNotice() {
  const live = useLive();
  if (live.name !== 'stale') return null;
  return (
    <Banner tone="needs-you" title="The connection to Slipway is lost">
      What you see is as it was <Time at={live.since.toISOString()} />. It is tried again by itself, and then
      catches up.
    </Banner>
  );
}

function EverythingLocked() {
  const { data } = useApi(api.listLocks, {});
  return data?.items
    .filter((lock) => lock.app === null)
    .map((lock) => <LockBanner key={lock.id} lock={lock} />);
}
