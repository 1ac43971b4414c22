import type { Contexts } from '../../expressions/index.ts';
import type { YamlNode } from '../../language/index.ts';
import type { Evaluation } from '../evaluation.ts';
import { containerOf, labelsOf, servicesOf } from '../machine.ts';
import type { PlannedStepsJob } from '../plan.ts';
import { orRefusal, Refusal } from '../refusal.ts';
import { contextsOfCombination, contextsOfInstances } from './contextsOfInstances.ts';
import { attempt, note, type Planning } from './filePlan.ts';
import { contextsOf } from './knownContexts.ts';
import { leaveOutOfMatrix } from './leaveOut.ts';

/** Notes why a job cannot run here, as far as it can be known by now; the rest is asked when it starts. */
export function checkMachine(planning: Planning, job: PlannedStepsJob, known: Contexts): void {
  const { machine } = planning.frame;
  checkLabels(planning, job, known);
  for (const contexts of contextsOfInstances(job, known)) {
    const evaluation: Evaluation = { file: job.file, contexts };
    const check = (node: YamlNode | null, work: () => unknown) => {
      if (node !== null && canBeKnown(node, contexts)) attempt(planning, null, work);
    };
    check(job.container, () => containerOf(job.container, evaluation, machine));
    check(job.services, () => servicesOf(job.services, evaluation, machine));
  }
}

function checkLabels(planning: Planning, job: PlannedStepsJob, known: Contexts): void {
  const problemIn = (contexts: Contexts): Refusal | null => {
    if (!canBeKnown(job.runsOn, contexts)) return null;
    const labels = orRefusal(() => labelsOf(job, { file: job.file, contexts }, planning.frame.machine));
    return labels instanceof Refusal ? labels : null;
  };
  if (job.matrix.kind !== 'combinations') {
    for (const contexts of contextsOfInstances(job, known)) {
      const problem = problemIn(contexts);
      if (problem !== null) note(planning, problem);
    }
    return;
  }
  const looked = job.matrix.combinations.map((combination) => ({
    combination,
    problem: problemIn(contextsOfCombination(combination, known)),
  }));
  const [unfit, fit] = [true, false].map((isUnfit) =>
    looked.flatMap(({ combination, problem }) => ((problem !== null) === isUnfit ? [combination] : [])),
  );
  const way = leaveOutOfMatrix(fit ?? [], unfit ?? []);
  for (const { problem } of looked) if (problem !== null) note(planning, problem, way);
}

/** `env` and `secrets` say nothing about whether there is an image. */
function canBeKnown(node: YamlNode, contexts: Contexts): boolean {
  for (const name of contextsOf(node))
    if (!(name in contexts) && name !== 'env' && name !== 'secrets') return false;
  return true;
}
