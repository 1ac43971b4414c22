import { type FormEvent, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { EnvironmentStatus } from '../../../contract/apps.ts';
import type { Deploy, Releases } from '../../../contract/deploys.ts';
import { api } from '../../../contract/index.ts';
import { useAction, useApi } from '../../api/hooks.ts';
import { paths } from '../../app/paths.ts';
import { durationText } from '../../lib/time.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, type DialogProps } from '../../ui/Dialog.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Loading, Skeleton } from '../../ui/Skeleton.tsx';
import { useOpenings } from '../openings.ts';
import { LockChoice, useLockWish } from './LockChoice.tsx';
import { defaultLockReason, planRollback, type RollbackPlan, rollbackTargets } from './plan.ts';
import { Route } from './Route.tsx';
import styles from './rollback.module.css';
import { TakenAway } from './TakenAway.tsx';

export interface RollbackDialogProps {
  readonly app: string;
  readonly environment: string;
  /** The release to go back to; the previous one unless told. */
  readonly to?: Pick<Deploy, 'number' | 'sha'> | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Instead of going to the page of the rollback. */
  readonly onStarted?: ((rollback: Deploy) => void) | undefined;
}

/** Rolls an environment back: where it leads, what it takes away, and a lock so that nothing brings it again. */
export function RollbackDialog(props: RollbackDialogProps) {
  return <OpenedRollbackDialog key={useOpenings(props.open)} {...props} />;
}

function OpenedRollbackDialog(props: RollbackDialogProps) {
  const { app, environment, open } = props;
  const where = `${app}/${environment}`;
  const releases = useApi(api.listReleases, { params: { app, environment } }, { enabled: open });
  const apps = useApi(api.listApps, {}, { enabled: open });
  const found = apps.data?.items.find((each) => each.name === app);
  const status = found?.environments.find((each) => each.name === environment);
  const error = releases.error ?? apps.error;
  if (error !== null) {
    const retry = () => void Promise.all([releases.refetch(), apps.refetch()]);
    return (
      <Shell {...props}>
        <ProblemNote error={error} doing="Looking up the releases" onRetry={retry} />
      </Shell>
    );
  }
  if (releases.data === undefined || apps.data === undefined) {
    return (
      <Shell {...props}>
        <Loading label="Looking up the releases">
          <Skeleton lines={9} width="60%" />
        </Loading>
      </Shell>
    );
  }
  if (found !== undefined && !found.may_deploy) {
    return (
      <Shell {...props}>
        <p>
          Only members of the team {found.team} and admins may roll {where} back. Ask one of them.
        </p>
      </Shell>
    );
  }
  if (planRollback(releases.data, undefined) === undefined) {
    return (
      <Shell {...props}>
        <p>
          There is nothing to go back to: no other release was good in {where}. Ship another commit instead.
        </p>
      </Shell>
    );
  }
  return <RollbackForm {...props} releases={releases.data} status={status} />;
}

/** The dialog around what it has to say, while there is nothing to do in it. */
function Shell({
  app,
  environment,
  open,
  onClose,
  footer,
  initialFocus,
  children,
}: RollbackDialogProps & Pick<DialogProps, 'footer' | 'initialFocus' | 'children'>) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Roll back ${app}/${environment}`}
      initialFocus={initialFocus}
      footer={footer ?? <Button onClick={onClose}>Close</Button>}
    >
      {children}
    </Dialog>
  );
}

function RollbackForm({
  releases,
  status,
  ...props
}: RollbackDialogProps & { releases: Releases; status: EnvironmentStatus | undefined }) {
  const { app, environment, to, onClose, onStarted } = props;
  const form = useId();
  const keep = useRef<HTMLButtonElement>(null);
  const [, navigate] = useLocation();
  // What was read is what is done, also when something is shipped there meanwhile.
  const [seen] = useState(releases);
  const wanted = to && rollbackTargets(seen).find(({ sha }) => sha === to.sha);
  const [chosen, setChosen] = useState(wanted?.number);
  const lock = useLockWish(status);
  const rollback = useAction(api.rollback, {
    onSuccess: (deploy) => {
      onClose();
      if (onStarted === undefined) navigate(paths.deploy(deploy));
      else onStarted(deploy);
    },
  });
  const plan = planRollback(seen, chosen);
  if (plan === undefined) throw new Error('a rollback was begun without a release to go back to');
  const reason = lock.reason ?? defaultLockReason(plan);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rollback.isPending) return;
    rollback.mutate({
      params: { app, environment },
      body: { to: `#${plan.target.number}`, ...(lock.wanted ? { lock: { reason } } : {}) },
    });
  };
  return (
    <Shell
      {...props}
      initialFocus={keep}
      footer={
        <>
          <Button
            type="submit"
            form={form}
            tone="danger"
            disabled={lock.wanted && reason.trim() === ''}
            pending={rollback.isPending}
            pendingLabel="Rolling back…"
          >
            Roll back to {plan.target.short_sha}
          </Button>
          <Button ref={keep} onClick={onClose}>
            Not now
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit}>
        <ProblemNote error={rollback.error} doing="Rolling back" />
        {to !== undefined && wanted === undefined && (
          <p className={styles.notGood}>
            #{to.number} is no release to go back to: {environment} was rolled back from it, or it is what is
            live. This leads to the one before. To ship it all the same, re-deploy it.
          </p>
        )}
        <Route plan={plan} targets={rollbackTargets(seen)} onChoose={setChosen} />
        <TakenAway app={app} environment={environment} plan={plan} />
        <Consequences plan={plan} status={status} lastSeconds={seen.last_rollback_seconds} />
        <LockChoice where={`${app}/${environment}`} lock={lock} reason={reason} />
      </form>
    </Shell>
  );
}

/** What else happens: what waits is superseded, what runs ends first, and how long it may take. */
function Consequences({
  plan,
  status,
  lastSeconds,
}: {
  plan: RollbackPlan;
  status: EnvironmentStatus | undefined;
  lastSeconds: number | null;
}) {
  const queued = status?.queued ?? [];
  const active = status?.active ?? null;
  const seconds = lastSeconds ?? status?.estimate_seconds ?? null;
  const lines = [
    active !== null &&
      `${active.name} is ${active.state}: the rollback follows when it has ended. To be faster, cancel it.`,
    queued.length > 0 &&
      `What is queued would undo it, and is superseded: ${queued.map((deploy) => `#${deploy.number}`).join(', ')}.`,
    seconds !== null &&
      `${lastSeconds === null ? 'A deploy here takes' : 'The last rollback here took'} ${durationText(seconds)}.`,
    plan.inDoubt !== null &&
      active === null &&
      plan.takesAway === 'releases' &&
      `The last attempt, #${plan.inDoubt.number}, did not succeed either.`,
  ].filter((line) => line !== false);
  if (lines.length === 0) return null;
  return (
    <ul className={styles.consequences}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
