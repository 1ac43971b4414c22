import type { Concurrency } from '../../language/index.ts';
import { concurrencyOf } from '../concurrency.ts';
import type { Evaluation } from '../evaluation.ts';
import type { GroupClaim } from './groups.ts';
import type { Instance } from './walk.ts';

/** The groups of the calls that an instance belongs to, and then its own. Throws `Refusal`. */
export function claimsOf(
  {
    walk,
    scope,
    key,
  }: Pick<Instance, 'walk' | 'key'> & { readonly scope: Pick<Instance['scope'], 'groups'> },
  concurrency: Concurrency | null,
  evaluation: Evaluation,
): readonly GroupClaim[] {
  const ofRun = walk.plan.concurrency === null ? [] : [walk.plan.concurrency];
  const own = concurrencyOf(concurrency, evaluation, [...ofRun, ...scope.groups]);
  return own === null ? scope.groups : [...scope.groups, { ...own, holder: key }];
}
