import { api } from '../../contract/index.ts';
import { presentWho } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { addLogRoutes } from '../../platform/http/logRoutes.ts';
import type { Router } from '../../platform/http/router.ts';
import { findRepository, type History } from '../repositories/index.ts';
import { approveJob } from './approveJob.ts';
import { registerArtifactRoutes } from './artifacts.ts';
import { cancelRun } from './cancelRun.ts';
import { selectUnstarted } from './commitRunStore.ts';
import { diagnoseJobs } from './diagnosis/diagnoseJobs.ts';
import { listTests } from './diagnosis/listTests.ts';
import { dispatchEvent } from './dispatchEvent.ts';
import { dispatchWorkflow, workflowsAt } from './dispatchWorkflow.ts';
import { approvalOf } from './environmentRules.ts';
import { findJob, findRun } from './findRun.ts';
import { selectJobs } from './jobStore.ts';
import { logPathOf, whyLogIsGone } from './keptLog.ts';
import { outlineJobLog } from './outlineJobLog.ts';
import { presentAnnotation, presentFinding, presentJob, presentRuns, presentStep } from './present.ts';
import { rerunRun } from './rerunRun.ts';
import { selectRuns } from './runSearchStore.ts';
import { jobName, type RunRow } from './runs.ts';
import type { RunsContext } from './runsContext.ts';
import { showRun } from './showRun.ts';
import { selectAnnotations, selectSteps } from './stepStore.ts';
import { whyQueued } from './whyQueued.ts';

export interface RunRoutesContext extends RunsContext {
  readonly history: History;
  readonly shutdown: AbortSignal;
}

export function registerRunRoutes(router: Router, context: RunRoutesContext): void {
  const { db, publicUrl } = context;
  const present = async (run: RunRow) => {
    const [presented] = await presentRuns(db, publicUrl, [await findRun(db, run.id)]);
    if (presented === undefined) throw new AppError('not_found', `run ${run.id} is gone`);
    return presented;
  };

  router.add(api.listRuns, async ({ query }) => {
    const { cursor, limit, ...filter } = query;
    const before = cursor === undefined ? undefined : parseCursor(cursor);
    const rows = await selectRuns(db, { ...filter, before }, limit + 1);
    const page = rows.slice(0, limit);
    const next_cursor = rows.length > limit ? String(page.at(-1)?.id) : null;
    return { items: await presentRuns(db, publicUrl, page), next_cursor };
  });
  router.add(api.showRun, async ({ params, query }) => {
    const run = await findRun(db, params.run);
    const attempt = query.attempt ?? run.attempt;
    if (attempt > run.attempt) throw new AppError('not_found', `run ${run.id} has ${run.attempt} attempts`);
    return showRun(db, publicUrl, run, attempt);
  });
  router.add(api.listTests, async ({ params, query }) => {
    const run = await findRun(db, params.run);
    const jobs = await selectJobs(db, run.id, query.attempt ?? run.attempt);
    const chosen = query.job === undefined ? jobs : jobs.filter(({ id }) => id === query.job);
    const { items, ...rest } = await listTests(db, run, chosen, query.state);
    return { ...rest, items: items.slice(0, query.limit), more: items.length > query.limit };
  });
  router.add(api.cancelRun, async ({ params, actor, now }) => {
    const run = await findRun(db, params.run);
    await cancelRun(db, now, actor, run);
    return present(run);
  });
  router.addOnce(api.rerunRun, async ({ params, body, actor, now }, tx) => {
    const run = await findRun(tx, params.run);
    await rerunRun(tx, now, actor, run, body);
    const [presented] = await presentRuns(tx, publicUrl, [await findRun(tx, run.id)]);
    if (presented === undefined) throw new AppError('not_found', `run ${run.id} is gone`);
    return presented;
  });
  registerArtifactRoutes(router, db, context.paths);
  registerJobRoutes(router, context, present);
  registerWorkflowRoutes(router, context);
}

function parseCursor(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new AppError('invalid_input', 'query.cursor: use `next_cursor` of the page before');
}

function registerJobRoutes(
  router: Router,
  { db, now: clock, paths, publicUrl, shutdown }: RunRoutesContext,
  present: (run: RunRow) => Promise<Awaited<ReturnType<typeof presentRuns>>[number]>,
): void {
  router.add(api.showJob, async ({ params, actor }) => {
    const { job, run } = await findJob(db, params.job);
    const [steps, annotations, reasons, failing, approval] = await Promise.all([
      selectSteps(db, [job.id]),
      selectAnnotations(db, [job.id], 1000),
      whyQueued(db, [job]),
      diagnoseJobs(db, run, [job]),
      approvalOf(db, actor, run, job),
    ]);
    return {
      ...presentJob({ ...job, reason: reasons.get(job.id) ?? job.reason }),
      run: await present(run),
      approval,
      steps: steps.map(presentStep),
      annotations: annotations.map(presentAnnotation),
      failing_since: failing.get(job.id) ?? null,
      summary: job.summary,
      outputs: job.outputs,
      log_gone: await whyLogIsGone(paths, clock(), job),
    };
  });
  router.add(api.approveJob, async ({ params, body, actor }) => {
    await approveJob(db, clock(), actor, await findJob(db, params.job), body, publicUrl);
    return presentJob((await findJob(db, params.job)).job);
  });
  const { jobLog: log, jobLogLines: lines, searchJobLog: search, followJobLog: follow } = api;
  addLogRoutes(router, { log, lines, search, follow }, shutdown, async (params) => {
    const { job, run } = await findJob(db, params.job);
    const gone = await whyLogIsGone(paths, clock(), job);
    if (gone !== null) throw new AppError('not_found', `${jobName(run, job)}: ${gone}`);
    return {
      path: logPathOf(paths, job),
      name: `${jobName(run, job).replace(/[^\w.-]+/g, '-')}.log`,
      finished: job.state === 'completed',
      state: async () => {
        const { job: current } = await findJob(db, params.job);
        const { state, conclusion, reason } = current;
        return { finished: state === 'completed', end: { state, conclusion, result: reason } };
      },
    };
  });
  router.add(api.jobLogOutline, async ({ params, request }) => {
    const { job } = await findJob(db, params.job);
    const gone = new AbortController();
    request.raw.on('close', () => gone.abort());
    const steps = await selectSteps(db, [job.carried_from ?? job.id]);
    return outlineJobLog(logPathOf(paths, job), job.state === 'completed', steps, gone.signal);
  });
}

function registerWorkflowRoutes(router: Router, context: RunRoutesContext): void {
  const { db, history, publicUrl } = context;
  router.add(api.listWorkflows, async ({ params, query }) => {
    const repository = await findRepository(db, params.repository);
    const { ref, sha, workflows } = await workflowsAt(context, history, repository, query.ref);
    const items = workflows.map(({ file, name, events, jobs, schedules, inputs, verdict }) => ({
      ...{ file, name, events: [...events], jobs: [...jobs], schedules: [...schedules] },
      inputs: inputs === null ? null : inputs.map((input) => ({ ...input, options: [...input.options] })),
      findings: verdict.kind === 'invalid' ? verdict.findings.map(presentFinding) : [],
    }));
    return { ref, sha, items };
  });
  router.addOnce(api.dispatchWorkflow, async ({ params, body, actor, now }, tx) => {
    const repository = await findRepository(tx, params.repository);
    const { trigger, sha } = await dispatchWorkflow(context, history, tx, now, actor, repository, body);
    return { trigger, sha, actor: presentWho(actor) };
  });
  router.addOnce(api.dispatchEvent, async ({ params, body, actor, now }, tx) => {
    const repository = await findRepository(tx, params.repository);
    const { trigger, sha } = await dispatchEvent(tx, now, actor, repository, body);
    return { trigger, sha, actor: presentWho(actor) };
  });
  router.add(api.listCommitRuns, async ({ params }) => {
    const repository = await findRepository(db, params.repository);
    const sha = await history.resolve(repository, params.sha);
    const rows = await selectRuns(db, { repository: repository.name, sha }, 200);
    const unstarted = await selectUnstarted(db, repository.id, sha);
    return { items: await presentRuns(db, publicUrl, rows), unstarted };
  });
}
