import type { Contexts } from '../../expressions/index.ts';
import type { Located, Step } from '../../language/index.ts';
import type { PlannedStepsJob } from '../plan.ts';
import type { PlanInput } from '../planInput.ts';
import { refuse } from '../refusal.ts';
import { contextsOfInstances } from './contextsOfInstances.ts';
import { note, type Planning } from './filePlan.ts';
import { runsIfAllGoesWell } from './mayRun.ts';

/**
 * Notes steps that do not run here: of the job, and of actions of the repository that it uses. A step whose condition
 * depends on what happens, or does not hold, is left to its moment, in which it fails.
 */
export function checkSteps(planning: Planning, job: PlannedStepsJob, known: Contexts): void {
  const instances = contextsOfInstances(job, { ...known, runner: runnerOf(planning) });
  for (const step of job.steps) {
    const obstacle = obstacleOf(step, planning.input);
    if (obstacle === null || !instances.some((contexts) => runsIfAllGoesWell(step.if, contexts))) continue;
    note(planning, refuse(obstacle.rule, obstacle.message, job.file, obstacle.at));
  }
}

interface Obstacle {
  readonly rule: string;
  readonly message: string;
  readonly at: Located<string>['at'];
}

/** Why a step does not run here. `chain`: the actions that led to it. */
export function obstacleOf(
  { does }: Step,
  known: Pick<PlanInput, 'actions' | 'brokenActions'>,
  chain: readonly string[] = [],
): Obstacle | null {
  if (does.kind === 'run') return null;
  if (does.kind === 'unsupported') {
    const message = `steps with \`${does.what.value}\` do not run here`;
    return { rule: 'unsupported', message, at: does.what.at };
  }
  const { value: uses, at } = does.uses;
  const docker = {
    rule: 'docker-action',
    message: `\`${uses}\` is a docker action, and those do not run here`,
    at,
  };
  if (uses.startsWith('docker://')) return docker;
  const problem = known.brokenActions?.[uses];
  if (problem !== undefined) return { rule: 'action', message: problem, at };
  const action = chain.includes(uses) ? undefined : known.actions[uses];
  if (action === undefined || action.runs.kind === 'node') return null;
  if (action.runs.kind === 'docker') return docker;
  for (const step of action.runs.steps) {
    const inner = step.if === null ? obstacleOf(step, known, [...chain, uses]) : null;
    if (inner === null) continue;
    const { line, column } = inner.at.start;
    return { ...inner, message: `${inner.message} (${action.file}:${line}:${column}, by \`${uses}\`)`, at };
  }
  return null;
}

function runnerOf({ frame: { machine } }: Planning) {
  return { os: 'Linux', arch: machine.architecture.toUpperCase(), environment: 'self-hosted' };
}
