import { type FormEvent, useId, useRef, useState } from 'react';
import { api } from '../../../contract/index.ts';
import type { Lock } from '../../../contract/locks.ts';
import { useAction, useApi } from '../../api/hooks.ts';
import { useHasRole } from '../../app/session.ts';
import { exactTime } from '../../lib/time.ts';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { useOpenings } from '../openings.ts';
import { type Expiry, expiresAt, expiryLabels, offeredExpiries } from './expiry.ts';
import styles from './lock.module.css';
import { queuedIn, type Scope, scopeName, widerScopes } from './scopes.ts';

export interface LockDialogProps {
  /** What is locked unless something wider is chosen. */
  readonly scope: Scope;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onLocked?: (lock: Lock) => void;
}

/** Locks an environment, an app or everything: why, and for how long. */
export function LockDialog(props: LockDialogProps) {
  return <OpenedLockDialog key={useOpenings(props.open)} {...props} />;
}

function OpenedLockDialog({ scope, open, onClose, onLocked }: LockDialogProps) {
  const form = useId();
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const scopes = widerScopes(scope, useHasRole('admin'));
  const [chosen, setChosen] = useState(scopeName(scope));
  const [reason, setReason] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('none');
  const [opened] = useState(() => new Date());
  const target = scopes.find((each) => scopeName(each) === chosen) ?? scope;
  const until = expiresAt(expiry, opened);
  const lock = useAction(api.createLock, {
    onSuccess: (created) => {
      onLocked?.(created);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!lock.isPending) lock.mutate({ body: bodyOf(target, reason, until) });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Lock ${scopeName(target)}`}
      initialFocus={reasonField}
      footer={
        <>
          <Button
            type="submit"
            form={form}
            tone="solid"
            disabled={reason.trim() === ''}
            pending={lock.isPending}
            pendingLabel="Locking…"
          >
            Lock {scopeName(target)}
          </Button>
          <Button onClick={onClose}>Not now</Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit}>
        {scopes.length > 1 && (
          <Choices
            label="What"
            value={chosen}
            onChange={setChosen}
            options={scopes.map((each) => ({ value: scopeName(each), label: labelOf(each) }))}
          />
        )}
        <TextArea
          ref={reasonField}
          label="Why"
          hint="Whoever is stopped by it reads this. Markdown is understood."
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Choices
          label="How long"
          value={expiry}
          onChange={setExpiry}
          options={offeredExpiries(opened).map((each) => ({ value: each, label: expiryLabels[each] }))}
        />
        <Meaning scope={target} until={until} />
        <ProblemNote error={lock.error} doing="Locking" />
      </form>
    </Dialog>
  );
}

const bodyOf = ({ app, environment }: Scope, reason: string, until: Date | undefined) => ({
  ...(app === undefined ? {} : { app }),
  ...(environment === undefined ? {} : { environment }),
  reason,
  ...(until === undefined ? {} : { expires_at: until.toISOString() }),
});

const labelOf = (scope: Scope): string =>
  scope.app === undefined
    ? 'Everything'
    : scope.environment === undefined
      ? `All of ${scope.app}`
      : scopeName(scope);

/** What the lock holds, and what it lets pass. */
function Meaning({ scope, until }: { scope: Scope; until: Date | undefined }) {
  const apps = useApi(api.listApps, {});
  const queued = queuedIn(apps.data?.items ?? [], scope).filter((deploy) => deploy.kind !== 'rollback');
  const waits =
    queued.length === 0
      ? 'New deploys wait'
      : `New deploys wait, and ${queued.length === 1 ? 'the one that is' : `the ${queued.length} that are`} queued`;
  return (
    <p className={styles.meaning}>
      {waits}. What runs goes on. Rollbacks pass, and re-deploys of a release that was good there.
      {until !== undefined &&
        ` It ends ${exactTime(until)}; what waited then stays held until somebody starts it.`}
    </p>
  );
}
