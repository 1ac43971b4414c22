import type { Contexts, Value } from '../../expressions/index.ts';
import type { CallJob, Job, Located, Trigger, Workflow } from '../../language/index.ts';
import { callInputs } from '../calls/callInputs.ts';
import { resolveCall } from '../calls/resolveCall.ts';
import type { Plan, PlannedCall, PlannedMatrix } from '../plan.ts';
import type { PlanInput } from '../planInput.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { callTrigger, checkCall } from './checkCall.ts';
import { checkMachine } from './checkMachine.ts';
import { checkSteps } from './checkSteps.ts';
import { attempt, type FilePlan, idsOf, note, type Planning } from './filePlan.ts';
import { ceilingOf, grantsFor } from './grantsFor.ts';
import { contextsOf, isKnown, knownContexts } from './knownContexts.ts';
import { withKnownGroup } from './knownGroups.ts';
import { withWays } from './leaveOut.ts';
import { idsThatMayRun } from './mayRun.ts';
import type { Grants } from './permissions.ts';
import { planMatrix } from './planMatrix.ts';
import { needsOf, plannedCall, plannedStepsJob } from './plannedJob.ts';

/** GitHub counts the workflow itself as the first level, and 50 different ones that are called. */
const maxLevels = 10;
const maxCalled = 50;
/** A few files that call each other often, or by matrices, would make more jobs than any machine can hold. */
const maxJobs = 10_000;

/** Plans the jobs of a workflow and of all that it calls, each call before what it calls. */
export function planJobs(input: PlanInput, frame: Omit<Plan, 'jobs'>): Pick<Planning, 'jobs' | 'findings'> {
  const planning: Planning = {
    input,
    frame,
    jobs: [],
    findings: [],
    ways: new Map(),
    refused: new Set(),
    noted: 0,
    called: new Set(),
    size: 0,
  };
  const { workflow } = input;
  const file: FilePlan = {
    workflow,
    ids: idsOf(workflow),
    call: null,
    chain: [`./${workflow.file}`],
    inputs: frame.inputs,
    copies: 1,
    groups: frame.concurrency === null ? [] : [frame.concurrency],
    ceiling: null,
  };
  planFile(planning, file);
  const wanted = workflow.jobs.map((job) => ({ id: job.id.value, needs: needsOf(job, file) }));
  return { jobs: planning.jobs, findings: withWays(planning, wanted) };
}

function planFile(planning: Planning, file: FilePlan): void {
  const contexts = knownContexts(planning, file);
  const runnable = idsThatMayRun(file.workflow.jobs, (job) => needsOf(job, file), contexts);
  for (const job of file.workflow.jobs) {
    const { noted } = planning;
    const mayRun = runnable.has(job.id.value);
    planJob(planning, file, job, contexts, mayRun);
    if (file.call === null && (!mayRun || planning.noted > noted)) planning.refused.add(job.id.value);
  }
}

function planJob(planning: Planning, file: FilePlan, job: Job, contexts: Contexts, mayRun: boolean): void {
  if (planning.size > maxJobs) return;
  const unseen: PlannedMatrix =
    job.strategy?.matrix == null ? { kind: 'none' } : { kind: 'deferred', node: job.strategy.matrix };
  const matrix = mayRun ? attempt(planning, unseen, () => planMatrix(job, planning, file, contexts)) : unseen;
  const copies = file.copies * (matrix.kind === 'combinations' ? matrix.combinations.length : 1);
  attempt(planning, undefined, () => count(planning, job, file, copies));
  if (mayRun) for (const key of job.unsupported) note(planning, unsupported(key, file));
  const groups = mayRun
    ? attempt(planning, file.groups, () =>
        withKnownGroup(file.groups, job.concurrency, file.workflow.file, contexts),
      )
    : file.groups;
  const grants = attempt<Grants>(planning, {}, () => grantsFor(job, planning, file));
  if (job.kind === 'call') {
    if (mayRun)
      attempt(planning, undefined, () =>
        planCall(planning, { ...file, copies, groups }, job, matrix, grants),
      );
    else planning.jobs.push(plannedCall(job, file, matrix, grants, neverCalled));
    return;
  }
  const planned = plannedStepsJob(job, file, matrix, grants);
  planning.jobs.push(planned);
  if (!mayRun) return;
  checkMachine(planning, planned, contexts);
  checkSteps(planning, planned, contexts);
}

/** Throws `Refusal` when there are too many jobs, with the first that is too much. */
function count(planning: Planning, { id }: Job, { workflow }: FilePlan, copies: number): void {
  planning.size += copies;
  if (planning.size <= maxJobs) return;
  const message = `with job \`${id.value}\` the run has more than ${maxJobs} jobs`;
  throw refuse('too-many-jobs', message, workflow.file, id.at);
}

function unsupported({ value, at }: Located<string>, { workflow }: FilePlan): Refusal {
  return refuse(
    'unsupported',
    `\`${value}\` cannot be had here: remove it, or run this job elsewhere`,
    workflow.file,
    at,
  );
}

const neverCalled = { inputs: [], outputs: [], calledFile: '', calledConcurrency: null };

function planCall(
  planning: Planning,
  file: FilePlan,
  job: CallJob,
  matrix: PlannedMatrix,
  grants: Grants,
): void {
  const name = resolveCall(job.uses.value, file.chain.at(-1) ?? null);
  const called = calledWorkflow(planning, file, job, name);
  const trigger = callTrigger(job, called, file);
  checkCall(planning, job, trigger, file);
  const { inputs, outputs } = trigger;
  const call = plannedCall(job, file, matrix, grants, {
    inputs,
    outputs,
    calledFile: called.file,
    calledConcurrency: called.concurrency,
  });
  planning.jobs.push(call);
  const contexts = knownContexts(planning, file);
  const calledFile: Omit<FilePlan, 'groups'> = {
    workflow: called,
    ids: idsOf(called),
    call,
    chain: [...file.chain, name],
    inputs: attempt(planning, null, () => knownInputs(call, trigger, file.workflow, contexts)),
    copies: file.copies,
    ceiling: ceilingOf(job, grants, file),
  };
  const groups = attempt(planning, file.groups, () =>
    withKnownGroup(file.groups, called.concurrency, called.file, knownContexts(planning, calledFile)),
  );
  planFile(planning, { ...calledFile, groups });
}

/** Throws `Refusal`. */
function calledWorkflow(planning: Planning, file: FilePlan, job: CallJob, name: string): Workflow {
  const stop = (message: string) => refuse('call', message, file.workflow.file, job.uses.at);
  const circle = file.chain.indexOf(name);
  if (circle !== -1) {
    const names = [...file.chain.slice(circle), name].join(' calls ');
    throw stop(`these workflows call each other in a circle: ${names}`);
  }
  if (file.chain.length >= maxLevels)
    throw stop(`workflows call each other at most ${maxLevels} levels deep`);
  planning.called.add(name);
  if (planning.called.size > maxCalled)
    throw stop(`a workflow calls at most ${maxCalled} others, directly or not`);
  const called = planning.input.called[name];
  if (called === undefined) {
    throw refuse('called-missing', `there is no workflow ${name}`, file.workflow.file, job.uses.at);
  }
  return called;
}

/** Null while they depend on what the call needs, or on its matrix. Throws `Refusal`. */
function knownInputs(
  call: PlannedCall,
  { inputs }: Trigger,
  { file }: Workflow,
  contexts: Contexts,
): Record<string, Value> | null {
  const given = call.with.map(({ value }) => value);
  const defaults = inputs.flatMap(({ default: fallback }) => fallback ?? []);
  const readsInputs = defaults.some((node) => [...contextsOf(node)].includes('inputs'));
  if (!given.every((node) => isKnown(node, contexts)) || (readsInputs && !('inputs' in contexts)))
    return null;
  return callInputs(call, { file, contexts });
}
