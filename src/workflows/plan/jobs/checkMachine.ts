import type { Contexts } from '../../expressions/index.ts';
import type { YamlNode } from '../../language/index.ts';
import type { Evaluation } from '../evaluation.ts';
import { containerOf, labelsOf, servicesOf } from '../machine.ts';
import type { PlannedStepsJob } from '../plan.ts';
import { contextsOfInstances } from './contextsOfInstances.ts';
import { attempt, type Planning } from './filePlan.ts';
import { contextsOf } from './knownContexts.ts';

/** Notes why a job cannot run here, as far as it can be known by now; the rest is asked when it starts. */
export function checkMachine(planning: Planning, job: PlannedStepsJob, known: Contexts): void {
  const { machine } = planning.frame;
  for (const contexts of contextsOfInstances(job, known)) {
    const evaluation: Evaluation = { file: job.file, contexts };
    const check = (node: YamlNode | null, work: () => unknown) => {
      if (node !== null && canBeKnown(node, contexts)) attempt(planning, null, work);
    };
    check(job.runsOn, () => labelsOf(job, evaluation, machine));
    check(job.container, () => containerOf(job.container, evaluation, machine));
    check(job.services, () => servicesOf(job.services, evaluation, machine));
  }
}

/** `env` and `secrets` say nothing about whether there is an image. */
function canBeKnown(node: YamlNode, contexts: Contexts): boolean {
  for (const name of contextsOf(node))
    if (!(name in contexts) && name !== 'env' && name !== 'secrets') return false;
  return true;
}
