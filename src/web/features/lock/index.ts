export { LockBanner, useMayUnlock } from './LockBanner.tsx';
export { LockDialog, type LockDialogProps } from './LockDialog.tsx';
export { Reason } from './Reason.tsx';
export { type Scope, scopeName } from './scopes.ts';
export { UnlockDialog, type UnlockDialogProps } from './UnlockDialog.tsx';
