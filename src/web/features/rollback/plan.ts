import type { Deploy, Release, Releases } from '../../../contract/deploys.ts';

/** Where a rollback leads, and from what. */
export interface RollbackPlan {
  readonly target: Release;
  /** What is live by the books. */
  readonly live: Release;
  /** The last attempt, which did not succeed, or not yet: what runs may be that. */
  readonly inDoubt: Deploy | null;
  /** Whose commits are taken away: those between live and target, or, when live stays, those of the attempt. */
  readonly takesAway: 'releases' | 'attempt';
}

/** What can be rolled back to: what is live only when something else may run there. */
export function rollbackTargets(releases: Releases): readonly Release[] {
  const [live, ...earlier] = releases.items;
  if (live === undefined) return [];
  return releases.in_doubt === null ? earlier : [live, ...earlier];
}

/** The plan for a target, by default what `:previous` stands for; undefined when there is nothing to go back to. */
export function planRollback(releases: Releases, number: number | undefined): RollbackPlan | undefined {
  const [live] = releases.items;
  const targets = rollbackTargets(releases);
  const wanted = number ?? releases.previous;
  const target =
    targets.find((release) => release.number === wanted) ??
    targets.find((release) => release.number === releases.previous);
  if (live === undefined || target === undefined) return undefined;
  return {
    target,
    live,
    inDoubt: releases.in_doubt,
    takesAway: target.number === live.number ? 'attempt' : 'releases',
  };
}

/** Why it is locked, unless something better is written. */
export function defaultLockReason(plan: RollbackPlan): string {
  const bad = plan.takesAway === 'attempt' ? plan.inDoubt : plan.live;
  const what = bad === null || bad === undefined ? '' : ` from ${bad.short_sha} (#${bad.number})`;
  return `Rolled back${what}. Find out why before shipping again.`;
}
