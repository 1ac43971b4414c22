export { closeExpiredLocks, type ReleaseWaiting } from './closeLock.ts';
export { createLock } from './createLock.ts';
export { covers } from './locks.ts';
export { openLocks } from './openLocks.ts';
export { registerLockRoutes } from './routes.ts';
