import {
  type Conclusion,
  type JobResult,
  type JobSpec,
  newRun,
  nextJobs,
  type Plan,
  recordCallCancellation,
  recordCancellation,
  recordNext,
  recordResult,
  type SkippedJob,
} from '../plan/index.ts';
import { type CancelOrder, createJobQueue } from './jobQueue.ts';

/** What the scheduler has done for it. */
export interface Scheduling {
  readonly plan: Plan;
  readonly atOnce: number;
  /** Aborted: no job starts whose condition does not ask for it, and those that run are cancelled. */
  readonly cancel: AbortSignal;
  /** Runs a job to its end; never rejects. */
  run(spec: JobSpec, cancel: AbortSignal): Promise<JobResult>;
  /** Told of jobs that end without having run. */
  skipped(job: Pick<SkippedJob, 'key' | 'name' | 'conclusion' | 'reason' | 'condition'>): void;
}

/** Runs the jobs of a plan, each as soon as it may, to the conclusion of the run. */
export function schedule({ plan, atOnce, cancel, run, skipped }: Scheduling): Promise<Conclusion> {
  const queue = createJobQueue(atOnce);
  const running = new Map<string, AbortController>();
  let state = newRun;
  const { promise, resolve, reject } = Promise.withResolvers<Conclusion>();

  function advance(): void {
    for (;;) {
      const next = nextJobs(plan, state);
      state = recordNext(state, next);
      for (const job of next.skip) skipped(job);
      const added = next.start.flatMap((spec) => queue.add(spec));
      const changed = [...added, ...queue.settle(), ...next.cancel].filter(cancelOne).length;
      if (next.conclusion !== null) {
        resolve(next.conclusion);
        return;
      }
      if (next.skip.length + next.start.length + changed === 0) break;
    }
    for (const spec of queue.take()) begin(spec);
  }

  function begin(spec: JobSpec): void {
    const own = new AbortController();
    running.set(spec.key, own);
    run(spec, own.signal).then((result) => {
      running.delete(spec.key);
      queue.ended(spec.key);
      settle(spec.key, result);
    }, reject);
  }

  function settle(key: string, result: JobResult): void {
    state = recordResult(state, key, result);
    try {
      advance();
    } catch (error) {
      reject(error);
    }
  }

  /** Answers whether that changes what may start: a job that waited has ended now, or a call is cancelled. */
  function cancelOne({ key, reason }: CancelOrder): boolean {
    const own = running.get(key);
    own?.abort(reason);
    const dropped = queue.drop(key);
    if (dropped === undefined) {
      // What is no job of the queue is a call, or has ended.
      if (own !== undefined || state.jobs[key] !== undefined || key in (state.cancelledCalls ?? {}))
        return false;
      state = recordCallCancellation(state, key, reason);
      return true;
    }
    skipped({ key, name: dropped.name, conclusion: 'cancelled', reason, condition: null });
    state = recordResult(state, key, { conclusion: 'cancelled', outputs: {} });
    return true;
  }

  const onCancel = () => {
    state = recordCancellation(state);
    advance();
  };
  if (cancel.aborted) state = recordCancellation(state);
  else cancel.addEventListener('abort', onCancel, { once: true });
  advance();
  return promise.finally(() => cancel.removeEventListener('abort', onCancel));
}
