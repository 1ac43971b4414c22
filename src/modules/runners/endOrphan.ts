import { processMarker } from '../../contract/runner.ts';
import {
  isWithinSight,
  killMarked,
  killProcess,
  type RunnerIdentity,
} from '../../platform/processes/index.ts';

/** Work that a runner holds no more, and may not know of it. */
export interface Orphan {
  readonly id: number;
  readonly runner_id: string;
  readonly identity: RunnerIdentity;
  /** Nothing was heard of its runner lately. */
  readonly silent: boolean;
}

/**
 * Sees to it that nothing of an orphan goes on, before its end is told and the next may start. A lease is no
 * proof of that: a runner that was stopped (SIGSTOP, a frozen machine) does not know that its time is over. On
 * this machine it is ended; on others it ends its steps by itself, long before the lease does.
 */
export async function endOrphan(orphan: Orphan): Promise<void> {
  if (!isWithinSight(orphan.identity)) return;
  if (orphan.silent) await killProcess(orphan.identity);
  await killMarked(processMarker(orphan.runner_id, orphan.id));
}
