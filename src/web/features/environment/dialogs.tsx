import { lazy, Suspense } from 'react';
import type { Deploy } from '../../../contract/deploys.ts';
import type { Lock } from '../../../contract/locks.ts';
import { openDialog } from '../../app/dialogs.tsx';
import type { Scope } from '../lock/scopes.ts';

const RollbackDialog = lazy(async () => ({
  default: (await import('../rollback/index.ts')).RollbackDialog,
}));
const LockDialog = lazy(async () => ({ default: (await import('../lock/index.ts')).LockDialog }));
const UnlockDialog = lazy(async () => ({ default: (await import('../lock/index.ts')).UnlockDialog }));

/** Asks how an environment shall be rolled back, from anywhere. `to` is the release it leads to. */
export function openRollback(where: {
  app: string;
  environment: string;
  to?: Pick<Deploy, 'number' | 'sha'>;
}): void {
  openDialog((close) => (
    <Suspense>
      <RollbackDialog {...where} open onClose={close} />
    </Suspense>
  ));
}

/** Asks why and for how long something shall be locked, from anywhere. */
export function openLock(scope: Scope): void {
  openDialog((close) => (
    <Suspense>
      <LockDialog scope={scope} open onClose={close} />
    </Suspense>
  ));
}

/** Asks what becomes of what waits behind a lock, from anywhere. */
export function openUnlock(lock: Lock): void {
  openDialog((close) => (
    <Suspense>
      <UnlockDialog lock={lock} open onClose={close} />
    </Suspense>
  ));
}
