import { useRef } from 'react';
import type { Deploy } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import type { Lock } from '../../../contract/locks.ts';
import { useAction, useApi } from '../../api/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Time } from '../../ui/Time.tsx';
import { useOpenings } from '../openings.ts';
import styles from './lock.module.css';
import { Reason } from './Reason.tsx';
import { waitingBehind } from './scopes.ts';

export interface UnlockDialogProps {
  readonly lock: Lock;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onUnlocked?: () => void;
}

/** Unlocks: shows why it was locked, and asks what becomes of the deploys that waited. */
export function UnlockDialog(props: UnlockDialogProps) {
  return <OpenedUnlockDialog key={useOpenings(props.open)} {...props} />;
}

function OpenedUnlockDialog({ lock, open, onClose, onUnlocked }: UnlockDialogProps) {
  const main = useRef<HTMLButtonElement>(null);
  const apps = useApi(api.listApps, {});
  const waiting = waitingBehind(apps.data?.items ?? [], lock);
  const unlock = useAction(api.unlock, {
    onSuccess: () => {
      onUnlocked?.();
      onClose();
    },
  });
  const press = (start: boolean) => {
    if (!unlock.isPending) unlock.mutate({ params: { id: lock.id }, body: { start_waiting: start } });
  };
  const pressed = unlock.isPending ? unlock.variables.body?.start_waiting : undefined;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Unlock ${lock.scope}`}
      initialFocus={main}
      footer={
        <>
          <Button
            ref={main}
            tone="solid"
            pending={pressed === waiting.length > 0}
            pendingLabel="Unlocking…"
            onClick={() => press(waiting.length > 0)}
          >
            {waiting.length === 0 ? 'Unlock' : 'Unlock and start what waits'}
          </Button>
          {waiting.length > 0 && (
            <Button pending={pressed === false} pendingLabel="Unlocking…" onClick={() => press(false)}>
              Unlock, start nothing
            </Button>
          )}
          <Button onClick={onClose}>Keep it locked</Button>
        </>
      }
    >
      <div className={styles.quote}>
        <Reason text={lock.reason} />
        <p className={styles.holder}>
          {lock.created_by}, <Time at={lock.created_at} />
        </p>
      </div>
      <Waiting deploys={waiting} />
      <ProblemNote error={unlock.error} doing="Unlocking" />
    </Dialog>
  );
}

const mostShown = 8;

function Waiting({ deploys }: { deploys: readonly Deploy[] }) {
  if (deploys.length === 0) return <p className={styles.meaning}>Nothing waits behind this lock.</p>;
  return (
    <div>
      <h3>{deploys.length === 1 ? 'One deploy waits' : `${deploys.length} deploys wait`} behind this lock</h3>
      <ul className={styles.waiting}>
        {deploys.slice(0, mostShown).map((deploy) => (
          <li key={deploy.name}>
            <span className={styles.name}>{deploy.name}</span> {deploy.title}{' '}
            <span className={styles.by}>
              {deploy.requested_by.name}, <Time at={deploy.requested_at} />
            </span>
          </li>
        ))}
      </ul>
      {deploys.length > mostShown && <p>and {deploys.length - mostShown} more.</p>}
      <p className={styles.meaning}>Without starting they stay held, until somebody starts each of them.</p>
    </div>
  );
}
