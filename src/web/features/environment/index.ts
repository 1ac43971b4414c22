export { openLock, openRollback, openUnlock } from './dialogs.tsx';
export { EnvironmentMenu } from './EnvironmentMenu.tsx';
