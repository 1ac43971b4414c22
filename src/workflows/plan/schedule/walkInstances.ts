import { booleanOf, type Evaluation, numberOf } from '../evaluation.ts';
import type { JobResult } from '../jobSpec.ts';
import { expandMatrixNode } from '../matrix/expandMatrixNode.ts';
import { selectCombinations } from '../matrix/selectCombinations.ts';
import type { Combination } from '../plan.ts';
import { orRefusal, Refusal, refusalText } from '../refusal.ts';
import { instanceOf, lookAt, start } from './instance.ts';
import { skipWhole } from './skipWhole.ts';
import { combineResults } from './standing.ts';
import { addOrders, type Instance, isNothing, type JobView, type Look } from './walk.ts';

type Looks = Map<Instance, Look>;

/**
 * Looks at all jobs of a matrix, or at the one of a job without. `stop`: why none may start any more, and those that
 * run are to be cancelled. Null while one goes on.
 */
export function walkInstances(view: JobView, stop: string | null): JobResult | null {
  const strategy = orRefusal(() => strategyOf(view));
  if (strategy instanceof Refusal) {
    return skipWhole(view, {
      conclusion: 'failure',
      reason: refusalText(strategy),
      condition: null,
      blocked: false,
    });
  }
  view.walk.budget.left -= strategy.combinations.length;
  if (view.walk.budget.left < 0 && !view.walk.begun.has(view.key)) {
    return skipWhole(view, {
      conclusion: 'failure',
      reason: 'the run has too many jobs',
      condition: null,
      blocked: false,
    });
  }
  const instances = strategy.combinations.map((combination, index) =>
    instanceOf(view, combination, strategy.shown, index),
  );
  const begun = instances.filter(({ key }) => view.walk.begun.has(key));
  const looks: Looks = new Map(begun.map((instance) => [instance, lookAt(instance, stop)]));
  const failed = strategy.failFast ? firstFailed(looks) : null;
  const end = stop ?? (failed === null ? null : `${failed.name} failed, and fail-fast is on`);
  if (failed !== null) endOthers(looks, failed, end);
  startOthers(instances, looks, strategy.maxParallel, end);
  for (const { orders } of looks.values()) addOrders(view.walk.out, orders);
  const ended = [...looks.values()].flatMap(({ result }) => result ?? []);
  return ended.length === instances.length ? combineResults(ended) : null;
}

interface Strategy {
  /** One null: there is no matrix. */
  readonly combinations: readonly (Combination | null)[];
  readonly failFast: boolean;
  readonly maxParallel: number;
  /** The context, but for `job-index`. */
  readonly shown: Readonly<Record<string, boolean | number>>;
}

/** Throws `Refusal`. */
function strategyOf(view: JobView): Strategy {
  const { job, contexts } = view;
  const evaluation: Evaluation = { file: job.file, contexts };
  const combinations = combinationsOf(view, evaluation);
  const failFast = booleanOf('fail-fast', job.failFast, true, evaluation);
  const limit = Math.trunc(numberOf('max-parallel', job.maxParallel, 0, evaluation));
  // GitHub takes what is not above zero for no limit.
  const maxParallel = limit > 0 ? limit : combinations.length;
  const hasMatrix = combinations[0] !== null;
  const shown = {
    'fail-fast': failFast,
    'job-total': combinations.length,
    'max-parallel': hasMatrix ? maxParallel : 1,
  };
  return { combinations, failFast, maxParallel, shown };
}

/** When `exclude` takes away every combination, GitHub runs the job once, without a matrix. */
function combinationsOf({ walk, job }: JobView, evaluation: Evaluation): readonly (Combination | null)[] {
  const { matrix, id, file } = job;
  if (matrix.kind === 'none') return [null];
  if (matrix.kind === 'combinations') return matrix.combinations;
  const all = expandMatrixNode(matrix.node, evaluation);
  const place = { id, file, at: matrix.node.at };
  return all.length === 0 ? [null] : selectCombinations(all, walk.plan.matrixSelection, place);
}

/** One that had failed before now, if there is one: what it makes others do must not change with each look. */
function firstFailed(looks: Looks): Instance | null {
  const failed = [...looks].filter(([, { result }]) => result?.conclusion === 'failure');
  const [first] = failed.find(([, { orders }]) => isNothing(orders)) ?? failed[0] ?? [null];
  return first;
}

/** All others are looked at again, as what must end. */
function endOthers(looks: Looks, failed: Instance, end: string | null): void {
  for (const instance of looks.keys()) if (instance !== failed) looks.set(instance, lookAt(instance, end));
}

function startOthers(
  instances: readonly Instance[],
  looks: Looks,
  maxParallel: number,
  end: string | null,
): void {
  let running = [...looks.values()].filter(({ result }) => result === null).length;
  for (const instance of instances) {
    if (looks.has(instance) || (end === null && running >= maxParallel)) continue;
    const look = start(instance, end);
    looks.set(instance, look);
    if (look.result === null) running += 1;
  }
}
