import type { PlannedConcurrency } from '../plan.ts';

/**
 * A concurrency group that must be held before a job may start. `holder` is what holds it: the key of the job itself,
 * or of a call that it belongs to, for which it is held until all jobs of the call have ended.
 *
 * A scheduler keeps a `Group` by name, of all runs of a repository: a map in memory, or a table. It claims the groups
 * of a job in their order, until one has to be waited for; those that it has it keeps meanwhile. It tells those who
 * must give way, cancels all jobs of a holder that is a call (`recordCallCancellation`), and releases a holder when
 * no job of it runs or waits any more after `nextJobs` was recorded. The group of the run (`Plan.concurrency`) is
 * claimed before its first job, and released with its conclusion.
 */
export interface GroupClaim extends PlannedConcurrency {
  readonly holder: string;
}

/** A group that somebody has. Plain data. */
export interface Group {
  readonly holder: string;
  /** In the order in which they will have it. */
  readonly waiting: readonly string[];
}

export interface Claimed {
  readonly group: Group;
  /** Whether it is had now. */
  readonly isHeld: boolean;
  /** These wait no longer, and are cancelled. */
  readonly overtaken: readonly string[];
  /** Whether who has it is to be cancelled. */
  readonly cancelsHolder: boolean;
}

/** GitHub lets no more wait for a group with `queue: max`. */
const mostWaiting = 100;

/**
 * Claims a group; asked again by who waits, nothing changes. As on GitHub, of those that wait only the newest stays
 * (with `queue: max` all, and beyond a hundred the newest go), and `cancel-in-progress` cancels who has it.
 */
export function claimGroup(group: Group | null, { holder, queue, cancelInProgress }: GroupClaim): Claimed {
  if (group === null) return unchanged({ holder, waiting: [] }, true);
  if (group.holder === holder) return unchanged(group, true);
  if (group.waiting.includes(holder)) return unchanged(group, false);
  if (queue === 'max') {
    if (group.waiting.length >= mostWaiting) return { ...unchanged(group, false), overtaken: [holder] };
    return unchanged({ ...group, waiting: [...group.waiting, holder] }, false);
  }
  return {
    group: { ...group, waiting: [holder] },
    isHeld: false,
    overtaken: group.waiting,
    cancelsHolder: cancelInProgress,
  };
}

const unchanged = (group: Group, isHeld: boolean): Claimed => ({
  group,
  isHeld,
  overtaken: [],
  cancelsHolder: false,
});

/** The group without one that had it or waited; null when nobody is left. The next one has it at once. */
export function releaseGroup(group: Group, holder: string): Group | null {
  const waiting = group.waiting.filter((one) => one !== holder);
  if (group.holder !== holder) return { ...group, waiting };
  const [next, ...others] = waiting;
  return next === undefined ? null : { holder: next, waiting: others };
}
