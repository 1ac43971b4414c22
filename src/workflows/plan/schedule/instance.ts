import type { Value } from '../../expressions/index.ts';
import { booleanOf } from '../evaluation.ts';
import type { JobContexts, JobResult } from '../jobSpec.ts';
import type { Combination } from '../plan.ts';
import { orRefusal, Refusal, refusalText } from '../refusal.ts';
import { nameOfInstance } from './jobName.ts';
import { jobSpecOf } from './jobSpecOf.ts';
import { skipInstance } from './skipInstance.ts';
import { type Instance, type JobView, type Look, noOrders } from './walk.ts';
import { walkCall } from './walkCall.ts';

export function instanceOf(
  { walk, scope, job, key, contexts: known }: JobView,
  combination: Combination | null,
  strategy: Readonly<Record<string, Value>>,
): Instance {
  const contexts: JobContexts = { ...known, strategy, matrix: combination?.values ?? null };
  const suffix = combination === null ? '' : `:${strategy['job-index']}`;
  return {
    walk,
    scope,
    job,
    key: `${key}${suffix}`,
    contexts,
    get name() {
      const named = orRefusal(() => nameOfInstance(job, scope, combination, { file: job.file, contexts }));
      return named instanceof Refusal ? `${scope.namePrefix}${job.id}` : named;
    },
  };
}

/** Looks at one that was begun. `end`: why it must end now. */
export function lookAt(instance: Instance, end: string | null): Look {
  const { walk, job, key } = instance;
  const recorded = walk.state.jobs[key];
  if (recorded?.state === 'ended') return { result: forgive(instance, recorded), orders: noOrders() };
  if (job.kind === 'call') return walkCall(instance, job, end);
  const cancel = end === null ? [] : [{ key, reason: end }];
  return { result: null, orders: { ...noOrders(), cancel } };
}

/** Starts one that was not begun. `end`: why it cannot start any more. */
export function start(instance: Instance, end: string | null): Look {
  if (end !== null) return skipInstance(instance, 'cancelled', end);
  const { job } = instance;
  if (job.kind === 'call') return walkCall(instance, job, null);
  const spec = orRefusal(() => jobSpecOf(instance, job));
  if (spec instanceof Refusal) return skipInstance(instance, 'failure', refusalText(spec));
  return { result: null, orders: { ...noOrders(), start: [spec] } };
}

/** What may fail and did counts as success, for those that need it and for the run. */
function forgive({ job, contexts }: Instance, { conclusion, outputs }: JobResult): JobResult {
  if (conclusion !== 'failure' || job.kind === 'call') return { conclusion, outputs };
  const evaluation = { file: job.file, contexts };
  const mayFail = orRefusal(() => booleanOf('continue-on-error', job.continueOnError, false, evaluation));
  return { conclusion: mayFail === true ? 'success' : 'failure', outputs };
}
