import type { Value } from '../../expressions/index.ts';
import type { YamlNode } from '../../language/index.ts';
import { booleanOf, type Evaluation, nodeOf, numberOf } from '../evaluation.ts';
import type { JobSpec } from '../jobSpec.ts';
import { containerOf, labelsOf, servicesOf } from '../machine.ts';
import type { PlannedStepsJob } from '../plan.ts';
import { refuse } from '../refusal.ts';
import { claimsOf } from './claimsOf.ts';
import type { Instance } from './walk.ts';

const defaultTimeoutMinutes = 360;

/** All that whoever runs a job has to know. Throws `Refusal` when a key cannot be evaluated, or no machine fits. */
export function jobSpecOf(instance: Instance, job: PlannedStepsJob): JobSpec {
  const { key, name, contexts, scope, walk } = instance;
  const evaluation: Evaluation = { file: job.file, contexts };
  const { machine } = walk.plan;
  return {
    key,
    path: job.path,
    id: job.id,
    name,
    file: job.file,
    labels: labelsOf(job, evaluation, machine),
    environment: environmentOf(job.environment, evaluation),
    container: containerOf(job.container, evaluation, machine),
    services: servicesOf(job.services, evaluation, machine),
    workflowEnv: job.workflowEnv,
    env: job.env,
    defaults: job.defaults,
    outputs: job.outputs,
    steps: job.steps,
    timeoutMinutes: numberOf('timeout-minutes', job.timeoutMinutes, defaultTimeoutMinutes, evaluation),
    continueOnError: booleanOf('continue-on-error', job.continueOnError, false, evaluation),
    groups: claimsOf(instance, job.concurrency, evaluation),
    permissions: job.permissions,
    contexts,
    secrets: scope.secrets,
  };
}

/** The `url` may read what steps put out, and is evaluated when they have run. */
function environmentOf(node: YamlNode | null, evaluation: Evaluation): JobSpec['environment'] {
  if (node === null) return null;
  const url = node.kind === 'mapping' ? entry(node, 'url') : null;
  const nameNode = node.kind === 'mapping' ? entry(node, 'name') : node;
  const name = nameNode === null ? '' : text(nodeOf(nameNode, evaluation), nameNode, evaluation.file);
  if (name === '') return null;
  return { name, url: url?.kind === 'scalar' && url.value !== null ? String(url.value) : null };
}

function entry(node: YamlNode & { kind: 'mapping' }, name: string): YamlNode | null {
  return node.entries.find(({ key }) => key.value === name)?.value ?? null;
}

function text(value: Value, node: YamlNode, file: string): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  throw refuse('type', 'the name of an environment must be text', file, node.at);
}
