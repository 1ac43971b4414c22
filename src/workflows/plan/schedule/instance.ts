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

/** The `index`th of a matrix. Most are looked at each time that one of the others ends: what only a few need is made late. */
export function instanceOf(
  view: JobView,
  combination: Combination | null,
  shown: Readonly<Record<string, Value>>,
  index: number,
): Instance {
  return new JobOfMatrix(view, combination, shown, index);
}

class JobOfMatrix implements Instance {
  readonly walk: JobView['walk'];
  readonly scope: JobView['scope'];
  readonly job: JobView['job'];
  readonly key: string;
  readonly #known: JobView['contexts'];
  readonly #combination: Combination | null;
  readonly #shown: Readonly<Record<string, Value>>;
  readonly #index: number;
  #contexts: JobContexts | undefined;

  constructor(
    { walk, scope, job, key, contexts }: JobView,
    combination: Combination | null,
    shown: Readonly<Record<string, Value>>,
    index: number,
  ) {
    this.walk = walk;
    this.scope = scope;
    this.job = job;
    this.key = combination === null ? key : `${key}:${index}`;
    this.#known = contexts;
    this.#combination = combination;
    this.#shown = shown;
    this.#index = index;
  }

  get contexts(): JobContexts {
    this.#contexts ??= {
      ...this.#known,
      strategy: { ...this.#shown, 'job-index': this.#index },
      matrix: this.#combination?.values ?? null,
    };
    return this.#contexts;
  }

  get name(): string {
    const { scope, job, contexts } = this;
    const named = orRefusal(() =>
      nameOfInstance(job, scope, this.#combination, { file: job.file, contexts }),
    );
    return named instanceof Refusal ? `${scope.namePrefix}${job.id}` : named;
  }
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
function forgive(instance: Instance, { conclusion, outputs }: JobResult): JobResult {
  const { job } = instance;
  if (conclusion !== 'failure' || job.kind === 'call') return { conclusion, outputs };
  const evaluation = { file: job.file, contexts: instance.contexts };
  const mayFail = orRefusal(() => booleanOf('continue-on-error', job.continueOnError, false, evaluation));
  return { conclusion: mayFail === true ? 'success' : 'failure', outputs };
}
