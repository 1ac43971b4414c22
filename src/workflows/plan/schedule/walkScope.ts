import { evaluateCondition } from '../../expressions/index.ts';
import { placed } from '../evaluation.ts';
import type { JobResult } from '../jobSpec.ts';
import type { PlannedJob } from '../plan.ts';
import { orRefusal, Refusal, refusalText } from '../refusal.ts';
import { isBlocked, reasonOf } from './skipReason.ts';
import { skipWhole, type WhySkipped } from './skipWhole.ts';
import { lineageOf, needsOf, type Standing, statusFunctions } from './standing.ts';
import type { JobView, Scope, Walk } from './walk.ts';
import { walkInstances } from './walkInstances.ts';

/** Looks at every job of a scope, each after those that it needs. */
export function walkScope(walk: Walk, scope: Scope): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const job of walk.jobsOf.get(scope.call) ?? []) {
    const needs = job.needs.flatMap((id) => standings.get(id) ?? []);
    const lineage = lineageOf(needs);
    const known = knownResult(walk, scope, job);
    const result = known === undefined ? walkJob({ walk, scope, job, needs, lineage, standings }) : known;
    standings.set(job.id, { id: job.id, result, ...lineage });
  }
  return standings;
}

/** What needs no second look: undefined for the rest. */
function knownResult(walk: Walk, scope: Scope, job: PlannedJob): JobResult | null | undefined {
  const recorded = walk.state.jobs[`${scope.keyPrefix}${job.id}`];
  if (recorded === undefined) return undefined;
  if (recorded.state === 'running') return scope.cancelled === null ? null : undefined;
  // A failure of what has no matrix may yet count as success: `walkInstances` knows.
  return job.matrix.kind === 'none' && recorded.conclusion === 'failure' ? undefined : recorded;
}

type Candidate = Pick<JobView, 'walk' | 'scope' | 'job' | 'lineage' | 'standings'> & {
  readonly needs: readonly Standing[];
};

function walkJob(candidate: Candidate): JobResult | null {
  const { walk, scope, needs } = candidate;
  if (needs.some(({ result }) => result === null)) return null;
  const view = viewOf(candidate);
  const isBegun = walk.begun.has(view.key);
  // What was begun is not asked again whether it may, only whether it must end: the answer could be another by now.
  if (isBegun && scope.cancelled === null) return walkInstances(view, null);
  const verdict = orRefusal(() => judge(view));
  if (!(verdict instanceof Refusal) && verdict.holds) return walkInstances(view, null);
  if (isBegun) return walkInstances(view, scope.cancelled);
  if (!(verdict instanceof Refusal)) return skipWhole(view, verdict);
  return skipWhole(view, {
    conclusion: 'failure',
    reason: refusalText(verdict),
    condition: null,
    blocked: false,
  });
}

function viewOf({ needs, ...candidate }: Candidate): JobView {
  const { walk, scope, job } = candidate;
  const { github, vars } = walk.plan;
  const contexts = { github, vars, inputs: scope.inputs, needs: needsOf(needs) };
  return { ...candidate, key: `${scope.keyPrefix}${job.id}`, contexts };
}

type Verdict = { readonly holds: true } | ({ readonly holds: false } & WhySkipped);

/** Throws `Refusal` when the condition cannot be evaluated. */
function judge({ scope, job, lineage, standings, contexts }: JobView): Verdict {
  const written = job.if?.value ?? null;
  const conclusionOf = (id: string) => standings.get(id)?.result?.conclusion ?? null;
  const evaluate = (cancelled: boolean) =>
    placed(
      job.file,
      job.if?.at ?? job.at,
      () => evaluateCondition(written, contexts, statusFunctions(lineage, conclusionOf, cancelled)),
      written,
    );
  const now = evaluate(scope.cancelled !== null);
  if (now.holds) return { holds: true };
  const otherwise = scope.cancelled === null ? now : evaluate(false);
  if (scope.cancelled !== null && otherwise.holds) {
    return {
      holds: false,
      conclusion: 'cancelled',
      reason: scope.cancelled,
      condition: now.shown,
      blocked: false,
    };
  }
  const reason = reasonOf(written, lineage);
  const blocked = isBlocked(written, lineage);
  return { holds: false, conclusion: 'skipped', reason, condition: otherwise.shown, blocked };
}
