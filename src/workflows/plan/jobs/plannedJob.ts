import { type CallJob, type Job, resolveOwnUses, type StepsJob } from '../../language/index.ts';
import type { PlannedCall, PlannedMatrix, PlannedStepsJob } from '../plan.ts';
import type { FilePlan } from './filePlan.ts';
import type { Grants } from './permissions.ts';

/** The ids of the jobs that a job needs, as those are written. */
export function needsOf(job: Job, { ids }: FilePlan): string[] {
  return [...new Set(job.needs.flatMap(({ value }) => ids.get(value.toLowerCase()) ?? []))];
}

export function plannedStepsJob(
  job: StepsJob,
  file: FilePlan,
  matrix: PlannedMatrix,
  permissions: Grants,
): PlannedStepsJob {
  const { workflow } = file;
  const { runsOn, environment, env, outputs, timeoutMinutes, continueOnError, container, services, steps } =
    job;
  return {
    kind: 'steps',
    ...baseOf(job, file, matrix, permissions),
    runsOn,
    environment,
    workflowEnv: workflow.env,
    env,
    defaults: {
      shell: job.defaults.shell ?? workflow.defaults.shell,
      workingDirectory: job.defaults.workingDirectory ?? workflow.defaults.workingDirectory,
    },
    outputs,
    timeoutMinutes,
    continueOnError,
    container,
    services,
    steps: resolveOwnUses(steps, file.chain.at(-1) ?? null),
  };
}

/** What is the called workflow's is none when it is never called. */
export function plannedCall(
  job: CallJob,
  file: FilePlan,
  matrix: PlannedMatrix,
  permissions: Grants,
  called: Pick<PlannedCall, 'inputs' | 'outputs' | 'calledFile' | 'calledConcurrency'>,
): PlannedCall {
  const { uses, secrets } = job;
  return {
    kind: 'call',
    ...baseOf(job, file, matrix, permissions),
    uses,
    with: job.with,
    secrets,
    ...called,
  };
}

function baseOf(job: Job, file: FilePlan, matrix: PlannedMatrix, permissions: Grants) {
  return {
    path: `${file.call === null ? '' : `${file.call.path}/`}${job.id.value}`,
    id: job.id.value,
    call: file.call?.path ?? null,
    file: file.workflow.file,
    at: job.id.at,
    name: job.name,
    needs: needsOf(job, file),
    if: job.if,
    matrix,
    failFast: job.strategy?.failFast ?? null,
    maxParallel: job.strategy?.maxParallel ?? null,
    permissions,
    concurrency: job.concurrency,
  };
}
