import { useState } from 'react';
import { api } from '../../../contract/index.ts';
import type { Lock } from '../../../contract/locks.ts';
import { useApi } from '../../api/hooks.ts';
import { useHasRole } from '../../app/session.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Time } from '../../ui/Time.tsx';
import styles from './lock.module.css';
import { Reason } from './Reason.tsx';
import { UnlockDialog } from './UnlockDialog.tsx';

/** A lock that cannot be missed: what it covers, who holds it, since when, until when, why, and the way to open it. */
export function LockBanner({ lock }: { lock: Lock }) {
  const [unlocking, setUnlocking] = useState(false);
  const mayUnlock = useMayUnlock(lock);
  return (
    <>
      <Banner
        tone="needs-you"
        icon="lock"
        title={`${lock.scope === 'everything' ? 'Everything' : lock.scope} is locked`}
        actions={
          mayUnlock && (
            <Button size="small" onClick={() => setUnlocking(true)}>
              Unlock
            </Button>
          )
        }
      >
        <Reason text={lock.reason} />
        <p className={styles.holder}>
          {lock.created_by}, <Time at={lock.created_at} />
          {lock.expires_at !== null && (
            <>
              ; ends <Time at={lock.expires_at} />
            </>
          )}
        </p>
      </Banner>
      <UnlockDialog lock={lock} open={unlocking} onClose={() => setUnlocking(false)} />
    </>
  );
}

/** Whether who is signed in may open a lock: a member of the app's team, or an admin. */
export function useMayUnlock(lock: Pick<Lock, 'app'>): boolean {
  const isAdmin = useHasRole('admin');
  const apps = useApi(api.listApps, {});
  if (isAdmin || lock.app === null) return isAdmin;
  return apps.data?.items.find((app) => app.name === lock.app)?.may_deploy ?? false;
}
