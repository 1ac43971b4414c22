import { join } from 'node:path';

/** Exit code of flock(1) when the lock is still held after the wait. */
export const lockedExitCode = 75;

/** How long the last processes of a dead server may take to notice its death. */
export const defaultLockTimeoutSeconds = 20;

/**
 * argv that replaces itself with `command` while holding the cluster's lock. Every process of a server
 * inherits the lock, so it is free only when the last of them is gone. PostgreSQL's own pid file cannot tell
 * that across containers, which do not see each other's processes but may share the directory.
 */
export function underClusterLock(
  cluster: string,
  command: string[],
  timeoutSeconds: number,
): [program: string, args: string[]] {
  const options = [
    '--no-fork',
    '--timeout',
    String(timeoutSeconds),
    '--conflict-exit-code',
    String(lockedExitCode),
  ];
  return ['flock', [...options, join(cluster, 'slipway.lock'), ...command]];
}
