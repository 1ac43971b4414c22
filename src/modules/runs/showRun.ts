import type { RunDetail } from '../../contract/runs.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { diagnoseJobs } from './diagnosis/diagnoseJobs.ts';
import { countTests } from './diagnosis/listTests.ts';
import { selectJobs } from './jobStore.ts';
import { presentAnnotation, presentFinding, presentJob, presentRuns, presentStep } from './present.ts';
import { selectPlan } from './runStore.ts';
import type { JobRow, RunRow, StoredPlan } from './runs.ts';
import { selectAnnotations, selectSteps } from './stepStore.ts';
import { whyQueued } from './whyQueued.ts';

const mostAnnotations = 1000;

/** A run with all that its page shows, at its last attempt or an earlier one. */
export async function showRun(
  db: Queryable,
  publicUrl: string,
  run: RunRow,
  attempt: number,
): Promise<RunDetail> {
  const jobs = await selectJobs(db, run.id, attempt);
  const ids = jobs.map(({ id }) => id);
  const [[presented], steps, annotations, plan, reasons, failing] = await Promise.all([
    presentRuns(db, publicUrl, [run]),
    selectSteps(db, ids),
    selectAnnotations(db, ids, mostAnnotations),
    selectPlan(db, run.id),
    whyQueued(db, jobs),
    diagnoseJobs(db, run, jobs),
  ]);
  if (presented === undefined) throw new Error('one run is presented as one');
  const stepsOf = Map.groupBy(steps, ({ job_id }) => job_id);
  const nameOf = new Map(jobs.map(({ id, name }) => [id, name]));
  return {
    ...presented,
    attempt,
    attempts: run.attempt,
    jobs_list: jobs.map((job) => ({
      ...presentJob({ ...job, reason: reasons.get(job.id) ?? job.reason }),
      failing_since: failing.get(job.id) ?? null,
      steps: (stepsOf.get(job.id) ?? []).map(presentStep),
    })),
    tests: countTests(jobs),
    graph: plan === null ? [] : graphOf(plan),
    findings: (run.findings ?? []).map(presentFinding),
    annotations: annotations.map((row) => ({
      ...presentAnnotation(row),
      job_id: row.job_id,
      job: nameOf.get(row.job_id) ?? '',
    })),
    summaries: summariesOf(jobs),
    cancel_requested:
      run.cancel_requested_at === null
        ? null
        : { by: run.cancel_requested_by ?? '', at: run.cancel_requested_at.toISOString() },
  };
}

function graphOf({ jobs }: StoredPlan): RunDetail['graph'] {
  return jobs.map(({ path, id, call, needs }) => ({
    path,
    id,
    call,
    needs: needs.flatMap((need) => jobs.find((job) => job.call === call && job.id === need)?.path ?? []),
  }));
}

const summariesOf = (jobs: readonly JobRow[]): RunDetail['summaries'] =>
  jobs.flatMap(({ id, name, summary }) => (summary === '' ? [] : [{ job_id: id, job: name, summary }]));
