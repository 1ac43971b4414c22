import type { Functions, Value } from '../../expressions/index.ts';
import type { Conclusion, JobResult, Need } from '../jobSpec.ts';

/** How a job of a scope stands. */
export interface Standing {
  readonly id: string;
  /** Null until all of it has ended. A failure that may be, is a success here. */
  readonly result: JobResult | null;
  /** The first of its ancestors that did not succeed, if any; and whether one failed. */
  readonly culprit: Culprit | null;
  readonly ancestorFailed: boolean;
}

/** A job that did not succeed; `through`: the needed job that it stands behind, if it is not needed itself. */
export interface Culprit {
  readonly id: string;
  readonly conclusion: Conclusion;
  readonly through: string | null;
}

export type Lineage = Pick<Standing, 'culprit' | 'ancestorFailed'>;

/** What `success()` and `failure()` are about: all that a job needs, and all that those need. */
export function lineageOf(needs: readonly Standing[]): Lineage {
  const culprit =
    needs.map(culpritOf).find((found) => found !== null && found.through === null) ??
    needs.map(culpritOf).find((found) => found !== null) ??
    null;
  const ancestorFailed = needs.some((need) => need.ancestorFailed || need.result?.conclusion === 'failure');
  return { culprit, ancestorFailed };
}

function culpritOf({ id, result, culprit }: Standing): Culprit | null {
  if (result !== null && result.conclusion !== 'success')
    return { id, conclusion: result.conclusion, through: null };
  return culprit === null ? null : { ...culprit, through: id };
}

/** The `needs` context. */
export function needsOf(needs: readonly Standing[]): Record<string, Need> {
  return Object.fromEntries(
    needs.flatMap(({ id, result }) =>
      result === null ? [] : [[id, { result: result.conclusion, outputs: result.outputs }]],
    ),
  );
}

/** The functions of a job's `if`. `success('a', 'b')` asks for these jobs only. */
export function statusFunctions(
  lineage: Lineage,
  conclusionOf: (id: string) => Conclusion | null,
  cancelled: boolean,
): Functions {
  const named = (ids: readonly Value[]) => ids.map((id) => conclusionOf(String(id)));
  return {
    always: () => true,
    cancelled: () => cancelled,
    success: (...ids) =>
      !cancelled &&
      (ids.length === 0
        ? lineage.culprit === null
        : named(ids).every((conclusion) => conclusion === 'success')),
    failure: (...ids) =>
      !cancelled &&
      (ids.length === 0 ? lineage.ancestorFailed : named(ids).some((conclusion) => conclusion === 'failure')),
  };
}

/** One result of all jobs of a matrix, of a call, or of the run. Outputs that are empty overwrite nothing. */
export function combineResults(results: readonly JobResult[]): JobResult {
  const outputs: Record<string, string> = {};
  for (const result of results) {
    for (const [name, value] of Object.entries(result.outputs)) if (value !== '') outputs[name] = value;
  }
  return { conclusion: combineConclusions(results.map(({ conclusion }) => conclusion)), outputs };
}

export function combineConclusions(conclusions: readonly Conclusion[]): Conclusion {
  if (conclusions.includes('failure')) return 'failure';
  if (conclusions.includes('cancelled')) return 'cancelled';
  return conclusions.includes('success') ? 'success' : 'skipped';
}
