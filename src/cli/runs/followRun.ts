import { setTimeout as delay } from 'node:timers/promises';
import { api } from '../../contract/addresses.ts';
import type { RunDetail, WorkflowJob } from '../../contract/runs.ts';
import type { RunEvent } from '../../workflows/run/index.ts';
import type { Run } from '../command.ts';
import { followLog } from '../follow/followLog.ts';
import { type Link, openLink } from '../follow/link.ts';
import { logOfJob } from '../follow/logSource.ts';
import { Interrupted } from '../problem.ts';
import type { RunView } from '../workflow/runView.ts';
import { createJobTale } from './jobTale.ts';
import type { ListedJob } from './jobTree.ts';

export interface FollowOptions {
  /** Only these jobs are told of. */
  readonly jobs: (jobs: readonly ListedJob[]) => readonly ListedJob[];
  /** Also the logs of jobs that had succeeded before anybody looked. */
  readonly replay: boolean;
}

const pollMs = 500;

/**
 * Tells a view what happens in a run until it has ended, and answers how: the logs of its jobs as they are written, and
 * their steps. A connection that breaks is made again. Ctrl-C ends the following only, and says so.
 */
export async function followRun(
  run: Run,
  id: number,
  view: RunView,
  options: FollowOptions,
): Promise<RunDetail> {
  const interrupt = new AbortController();
  try {
    return await run.interrupts.during(
      () => interrupt.abort(),
      () => follow(run, id, view, options, interrupt.signal),
    );
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    view.close();
    run.out.note(`\nThe run goes on without you.`);
    run.out.note(`  watch again  ${run.out.paint('cyan', `slipway run watch ${id}`)}`);
    run.out.note(`  stop it      ${run.out.paint('cyan', `slipway run cancel ${id}`)}`);
    throw new Interrupted();
  } finally {
    view.close();
  }
}

async function follow(
  run: Run,
  id: number,
  view: RunView,
  options: FollowOptions,
  interrupted: AbortSignal,
): Promise<RunDetail> {
  const over = new AbortController();
  const signal = AbortSignal.any([interrupted, over.signal]);
  const link = openLink({
    open: async () => (await run.connect()).client,
    signal,
    onLost: (error) => view.note(`slipway: ${error instanceof Error ? error.message : error}. Trying again…`),
    onBack: () => view.note('slipway: connected again'),
  });
  const look = () =>
    link.keepTrying((client) => client.call(api.showRun, { params: { run: id } }, { signal }));
  let detail = await look();
  await view.take(startOf(detail));
  const told = new Map<number, Promise<void>>();
  try {
    for (;;) {
      for (const job of options.jobs(detail.jobs_list)) {
        if (told.has(job.id) || !hasNews(job)) continue;
        const telling = tell(job, { link, view, signal, replay: options.replay });
        // What goes wrong in one of them is thrown by the race below, or at the end.
        telling.catch(() => undefined);
        told.set(job.id, telling);
      }
      if (detail.state === 'completed') break;
      await Promise.race([delay(pollMs, undefined, { signal }), ...failures(told)]);
      detail = await look();
    }
    await Promise.all(told.values());
    await view.take(endOf(detail));
    return detail;
  } finally {
    over.abort();
  }
}

/** Promises that settle only by failing. */
const failures = (told: ReadonlyMap<number, Promise<void>>): Promise<never>[] =>
  [...told.values()].map((telling) => telling.then(() => new Promise<never>(() => {})));

const hasNews = ({ state, started_at }: WorkflowJob): boolean => state === 'completed' || started_at !== null;

interface Telling {
  readonly link: Link;
  readonly view: RunView;
  readonly signal: AbortSignal;
  readonly replay: boolean;
}

async function tell(first: ListedJob, { link, view, signal, replay }: Telling): Promise<void> {
  if (first.started_at === null) return void (await view.take(skipped(first)));
  const { key, name } = first;
  await view.take({ kind: 'job_started', job: key, name, at: first.started_at });
  const facts = watchJob(first, link, signal);
  if (replay || !(first.conclusion === 'success' || first.carried)) {
    const tale = createJobTale(key, facts, view.take);
    const log = logOfJob(first.id);
    await followLog(link, log, { offset: 0, signal, onPiece: ({ text }) => tale.text(text) });
    await facts.refresh();
    await tale.end();
  } else await facts.refresh();
  await view.take(finished(facts.job()));
}

/** Longer than a step takes to be told of after its log is there. */
const learnMs = 2000;

function watchJob(first: ListedJob, link: Link, signal: AbortSignal) {
  let job: ListedJob & { summary: string } = { ...first, summary: '' };
  async function refresh(): Promise<void> {
    const params = { job: first.id };
    job = await link.keepTrying((client) => client.call(api.showJob, { params }, { signal }));
  }
  async function until(isSo: () => boolean, patienceMs: number): Promise<void> {
    const deadline = performance.now() + patienceMs;
    for (let pauseMs = 20; !isSo() && job.state !== 'completed'; pauseMs = Math.min(pauseMs * 2, pollMs)) {
      await refresh();
      if (isSo() || performance.now() > deadline) return;
      await delay(pauseMs, undefined, { signal });
    }
  }
  return {
    job: () => job,
    refresh,
    steps: () => job.steps,
    learn: (number: number) => until(() => job.steps.some((step) => step.number >= number), learnMs),
    settle: (number: number) =>
      until(
        () => job.steps.some((step) => step.number === number && step.conclusion !== null),
        Number.POSITIVE_INFINITY,
      ),
  };
}

const startOf = (detail: RunDetail): RunEvent => ({
  kind: 'run_started',
  name: detail.workflow,
  title: detail.title,
  file: detail.file,
  event: detail.event,
  sha: detail.sha,
  // A matrix that depends on others, or a call, may make more of them.
  jobs: detail.state === 'completed' ? detail.jobs_list.length : null,
  at: detail.started_at ?? detail.created_at,
});

const skipped = (job: ListedJob): RunEvent => ({
  kind: 'job_skipped',
  job: job.key,
  name: job.name,
  conclusion: job.conclusion === 'success' || job.conclusion === null ? 'skipped' : job.conclusion,
  reason: job.reason ?? '',
  condition: job.condition,
  at: job.finished_at ?? job.created_at,
});

const finished = (job: WorkflowJob & { summary: string }): RunEvent => ({
  kind: 'job_finished',
  job: job.key,
  name: job.name,
  conclusion: job.conclusion ?? 'cancelled',
  detail: job.reason,
  outputs: {},
  summary: job.summary,
  durationMs: (job.duration_seconds ?? 0) * 1000,
  at: job.finished_at ?? job.created_at,
});

const endOf = (detail: RunDetail): RunEvent => ({
  kind: 'run_finished',
  conclusion: detail.conclusion ?? 'cancelled',
  durationMs: (detail.duration_seconds ?? 0) * 1000,
  at: detail.finished_at ?? detail.created_at,
});
