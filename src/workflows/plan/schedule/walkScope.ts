import { evaluateCondition } from '../../expressions/index.ts';
import { placed } from '../evaluation.ts';
import type { JobResult } from '../jobSpec.ts';
import type { PlannedJob } from '../plan.ts';
import { orRefusal, Refusal, refusalText } from '../refusal.ts';
import type { SkippedJob } from './runState.ts';
import { reasonOf } from './skipReason.ts';
import { skipWhole } from './skipWhole.ts';
import { lineageOf, needsOf, type Standing, statusFunctions } from './standing.ts';
import type { JobView, Scope, Walk } from './walk.ts';
import { walkInstances } from './walkInstances.ts';

/** Looks at every job of a scope, each after those that it needs. */
export function walkScope(walk: Walk, scope: Scope): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const job of walk.jobsOf.get(scope.call) ?? []) {
    const needs = job.needs.flatMap((id) => standings.get(id) ?? []);
    const ready = needs.every(({ result }) => result !== null);
    const view = viewOf(walk, scope, job, needs, standings);
    standings.set(job.id, { id: job.id, result: ready ? walkJob(view) : null, ...view.lineage });
  }
  return standings;
}

function viewOf(
  walk: Walk,
  scope: Scope,
  job: PlannedJob,
  needs: readonly Standing[],
  standings: ReadonlyMap<string, Standing>,
): JobView {
  const { github, vars } = walk.plan;
  const contexts = { github, vars, inputs: scope.inputs, needs: needsOf(needs) };
  const key = `${scope.keyPrefix}${job.id}`;
  return { walk, scope, job, key, contexts, lineage: lineageOf(needs), standings };
}

function walkJob(view: JobView): JobResult | null {
  const { walk, scope, job, key } = view;
  const recorded = walk.state.jobs[key];
  // What has no matrix may fail and yet count as success: `walkInstances` knows.
  if (recorded?.state === 'ended' && job.matrix.kind !== 'none') return recorded;
  const verdict = orRefusal(() => judge(view));
  if (verdict instanceof Refusal) {
    return skipWhole(view, { conclusion: 'failure', reason: refusalText(verdict), condition: null });
  }
  if (verdict.holds) return walkInstances(view, null);
  if (walk.begun.has(key) && scope.cancelled !== null) return walkInstances(view, scope.cancelled);
  return skipWhole(view, verdict);
}

type Verdict =
  | { readonly holds: true }
  | ({ readonly holds: false } & Pick<SkippedJob, 'conclusion' | 'reason' | 'condition'>);

/** Throws `Refusal` when the condition cannot be evaluated. */
function judge({ scope, job, lineage, standings, contexts }: JobView): Verdict {
  const written = job.if?.value ?? null;
  const conclusionOf = (id: string) => standings.get(id)?.result?.conclusion ?? null;
  const evaluate = (cancelled: boolean) =>
    placed(job.file, job.if?.at ?? job.at, () =>
      evaluateCondition(written, contexts, statusFunctions(lineage, conclusionOf, cancelled)),
    );
  const now = evaluate(scope.cancelled !== null);
  if (now.holds) return { holds: true };
  const otherwise = scope.cancelled === null ? now : evaluate(false);
  if (scope.cancelled !== null && otherwise.holds) {
    return { holds: false, conclusion: 'cancelled', reason: scope.cancelled, condition: now.shown };
  }
  const reason = reasonOf(written, lineage);
  return { holds: false, conclusion: 'skipped', reason, condition: otherwise.shown };
}
