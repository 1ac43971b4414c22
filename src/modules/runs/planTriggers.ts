import { join } from 'node:path';
import type { Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import type { CommitGround, SurveyedWorkflow } from '../../workflows/commit/index.ts';
import type { Finding } from '../../workflows/language/index.ts';
import type { PlanResult } from '../../workflows/plan/index.ts';
import { type RepositoryRow, repositoryById } from '../repositories/index.ts';
import {
  finishTrigger,
  leaseTriggers,
  postponeTrigger,
  renewTriggers,
  type TriggerRow,
} from '../triggers/index.ts';
import { insertUnstarted } from './commitRunStore.ts';
import { recordWishes } from './heedDefaultBranches.ts';
import { type ExpectedChecks, recordNotNeeded } from './notNeeded.ts';
import { recordRefused, recordUnplanned } from './recordRefused.ts';
import { insertRun, type NewRun, reserveRunIds, selectLastNumbers, takeNumber } from './runStore.ts';
import { findingOfPlan, type RunRow, runName } from './runs.ts';
import { anyMachine, commitTrigger, groundOf, type RunsContext } from './runsContext.ts';
import { triggerByRun } from './triggerByRun.ts';

/** Renewed while they are planned: those of a dispatcher that died are soon taken by another. */
const leaseSeconds = 15;
const renewEveryMs = 4000;
const atOnce = 20;
const mostAttempts = 5;
const retrySeconds = 5;
/** Somebody else plans triggers of the same repository. */
const mostConflicts = 20;

/**
 * The triggers that are due, by repository, each for one to plan at a time: what one takes long for holds up no other.
 * A trigger is planned once: its runs, and that it was planned, commit together. One that cannot be planned says why.
 */
export function openPlanning(context: RunsContext) {
  const busy = new Set<number>();
  return {
    next: async (): Promise<TriggerRow[] | undefined> => {
      const triggers = await leaseTriggers(context.db, leaseSeconds, [...busy], atOnce);
      const [first] = triggers;
      if (first === undefined) return undefined;
      busy.add(first.repository_id);
      return triggers.sort((one, other) => one.id - other.id);
    },
    perform: async (triggers: readonly TriggerRow[]): Promise<void> => {
      try {
        await planBatch(context, triggers);
      } finally {
        for (const { repository_id } of triggers) busy.delete(repository_id);
      }
    },
  };
}

/** One that fails keeps none of the others from being planned. */
async function planBatch(context: RunsContext, triggers: readonly TriggerRow[]): Promise<void> {
  const left = new Set(triggers.map(({ id }) => id));
  const renewing = setInterval(
    () => void renewTriggers(context.db, [...left], leaseSeconds).catch(() => {}),
    renewEveryMs,
  );
  const failures: unknown[] = [];
  try {
    for (const trigger of triggers) {
      await planOrSayWhy(context, trigger).catch((error: unknown) => failures.push(error));
      left.delete(trigger.id);
    }
  } finally {
    clearInterval(renewing);
  }
  if (failures.length > 0) throw failures[0];
}

async function planOrSayWhy(context: RunsContext, trigger: TriggerRow): Promise<void> {
  try {
    await planUntilItsOwn(context, trigger);
  } catch (error) {
    const isFinal = error instanceof AppError && error.code !== 'unavailable' && error.code !== 'conflict';
    if (!isFinal && trigger.attempts < mostAttempts) {
      await postponeTrigger(context.db, trigger.id, retrySeconds);
      throw error;
    }
    const problem = error instanceof Error ? error.message : String(error);
    const repository = await repositoryById(context.db, trigger.repository_id);
    await context.db.transaction(async (tx) => {
      const now = context.now();
      if (await finishTrigger(tx, now, trigger.id, problem))
        await recordUnplanned(tx, now, context.publicUrl, repository, { sha: trigger.sha, problem });
    });
  }
}

/** A plan reads the number of its run: where another has taken it meanwhile, it is planned anew at once. */
async function planUntilItsOwn(context: RunsContext, trigger: TriggerRow): Promise<void> {
  for (let conflicts = 0; ; conflicts += 1) {
    try {
      return await planTrigger(context, trigger);
    } catch (error) {
      const isConflict = error instanceof AppError && error.code === 'conflict';
      if (!isConflict || conflicts === mostConflicts) throw error;
    }
  }
}

async function planTrigger(context: RunsContext, trigger: TriggerRow): Promise<void> {
  const repository = await repositoryById(context.db, trigger.repository_id);
  const ground = await groundOf(context, repository, join(context.paths.actions, '.laid-out'));
  const surveyed = await context.planner.survey(ground, commitTrigger(trigger));
  const wanted = surveyed.filter((workflow) => concerns(trigger, workflow));
  const planned = await planWanted(context, ground, trigger, wanted);
  const expected = await expectedOf(context, ground, trigger, wanted);
  await context.db.transaction(async (tx) => {
    const now = context.now();
    if (!(await finishTrigger(tx, now, trigger.id, null))) return;
    await insertUnstarted(tx, trigger.id, trigger.file === null ? unstartedOf(wanted) : []);
    const runs: NewRun[] = [];
    for (const run of planned) runs.push(await record(tx, now, trigger, run));
    if (trigger.event === 'push' && trigger.ref === `refs/heads/${repository.default_branch}`)
      await recordWishes(tx, now, { repositoryId: repository.id, sha: trigger.sha, surveyed });
    // What appends events comes last: behind their lock nobody may wait for a row.
    for (const run of runs) {
      await tell(tx, now, context.publicUrl, repository, run);
      await triggerByRun(
        tx,
        now,
        context.publicUrl,
        run.id,
        run.state === 'completed' ? 'completed' : 'requested',
      );
    }
    await recordNotNeeded(tx, now, context.publicUrl, repository, trigger, expected);
  });
}

/** Events that most workflows have nothing to do with: of these only those are told that name them. */
const rareEvents = ['pull_request_target', 'merge_group', 'workflow_run', 'repository_dispatch'];

const concerns = ({ file, event }: TriggerRow, workflow: SurveyedWorkflow): boolean =>
  (file === null || file === workflow.file) &&
  (!rareEvents.includes(event) || workflow.events.includes(event));

interface PlannedRun {
  readonly id: number;
  readonly number: number;
  readonly workflow: SurveyedWorkflow;
  readonly result: PlanResult;
}

/** A file that is not valid is a run too, which failed: else nobody would hear of it. */
async function planWanted(
  { db, planner }: RunsContext,
  ground: CommitGround,
  trigger: TriggerRow,
  surveyed: readonly SurveyedWorkflow[],
): Promise<PlannedRun[]> {
  const starting = surveyed.filter(({ verdict }) => verdict.kind !== 'not-started');
  if (starting.length === 0) return [];
  const [ids, numbers] = await Promise.all([
    reserveRunIds(db, starting.length),
    selectLastNumbers(db, trigger.repository_id),
  ]);
  const planned: PlannedRun[] = [];
  for (const [index, workflow] of starting.entries()) {
    const id = ids[index] ?? 0;
    const number = (numbers.get(workflow.file) ?? 0) + 1;
    const { file, verdict } = workflow;
    const run = { file, run: { id, number, attempt: 1 }, vars: {}, machine: anyMachine };
    const result: PlanResult =
      verdict.kind === 'invalid'
        ? { kind: 'refused', findings: verdict.findings }
        : await planner
            .plan(ground, commitTrigger(trigger), run)
            .catch((error: unknown) => refusedFor(file, reasonOf(error)));
    if (result.kind !== 'not-started') planned.push({ id, number, workflow, result });
  }
  return planned;
}

const refusedFor = (file: string, reason: string): PlanResult => ({
  kind: 'refused',
  findings: [findingOfPlan(file, reason)],
});

/** Why one file cannot be planned, though the others of its commit can. Throws what is no matter of the file. */
function reasonOf(error: unknown): string {
  if (error instanceof AppError && (error.code === 'payload_too_large' || error.code === 'internal'))
    return error.message;
  throw error;
}

/** What workflows that path filters excluded would have reported. */
async function expectedOf(
  { planner }: RunsContext,
  ground: CommitGround,
  trigger: TriggerRow,
  surveyed: readonly SurveyedWorkflow[],
): Promise<ExpectedChecks[]> {
  const expected: ExpectedChecks[] = [];
  for (const { file, name, verdict } of surveyed) {
    if (verdict.kind !== 'not-started' || !verdict.notNeeded) continue;
    const run = { file, run: { id: 0, number: 0, attempt: 1 }, vars: {}, machine: anyMachine };
    const names = await planner.expected(ground, commitTrigger(trigger), run).catch((error: unknown) => {
      // Nobody knows its checks: where they are required they are missing, which lets nothing out.
      reasonOf(error);
      return [];
    });
    expected.push({ workflow: name, reason: verdict.reason, names });
  }
  return expected;
}

const unstartedOf = (surveyed: readonly SurveyedWorkflow[]) =>
  surveyed.flatMap(({ file, name, verdict }) =>
    verdict.kind === 'not-started'
      ? [{ file, name, reason: verdict.reason, notNeeded: verdict.notNeeded }]
      : [],
  );

async function record(tx: Tx, now: Date, trigger: TriggerRow, planned: PlannedRun): Promise<NewRun> {
  const { number, workflow } = planned;
  if (!(await takeNumber(tx, trigger.repository_id, workflow.file, number)))
    throw new AppError('conflict', `another run of ${workflow.file} has the number ${number}`);
  const run = newRun(planned, trigger);
  await insertRun(tx, now, run);
  return run;
}

async function tell(
  tx: Tx,
  now: Date,
  publicUrl: string,
  repository: RepositoryRow,
  run: NewRun,
): Promise<void> {
  if (run.findings !== null) await recordRefused(tx, now, publicUrl, repository, run);
  const { id, sha, ref, conclusion, actor } = run;
  await appendEvent(tx, now, {
    kind: run.state === 'completed' ? 'run.completed' : 'run.created',
    subject: runName({ repository: repository.name, file: run.file, number: run.number }),
    actor,
    data: { run: id, repository: repository.name, sha, ref, conclusion },
  });
}

function newRun({ id, number, workflow, result }: PlannedRun, trigger: TriggerRow): NewRun {
  const plan = result.kind === 'planned' ? result.plan : null;
  const findings: Finding[] | null = result.kind === 'refused' ? [...result.findings] : null;
  const state: RunRow['state'] = plan === null ? 'completed' : 'pending';
  return {
    id,
    trigger_id: trigger.id,
    repository_id: trigger.repository_id,
    file: workflow.file,
    number,
    name: workflow.name,
    title: plan?.runName ?? workflow.name,
    event: trigger.event,
    ref: trigger.ref,
    sha: trigger.sha,
    code_sha: trigger.code_sha,
    actor: trigger.actor,
    trusted: trigger.trusted,
    state,
    conclusion: plan === null ? 'failure' : null,
    findings,
    concurrency: plan?.concurrency ?? null,
    plan,
    advance: plan !== null,
  };
}
