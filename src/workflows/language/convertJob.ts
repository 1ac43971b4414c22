import {
  convertConcurrency,
  convertDefaults,
  convertPermissions,
  convertStrategy,
} from './convertSettings.ts';
import { convertStep } from './convertStep.ts';
import {
  conditionField,
  entriesOf,
  fieldOf,
  itemsOf,
  plainField,
  templateEntries,
  textField,
  textOf,
  textsOf,
} from './fields.ts';
import type { CallJob, Job, StepsJob } from './model.ts';
import type { Located, YamlNode } from './source.ts';

/** A job, of either kind. */
export function convertJob(id: Located<string>, node: YamlNode): Job {
  const uses = plainField(node, 'uses');
  const base = {
    id,
    name: textField(node, 'name'),
    needs: textsOf(fieldOf(node, 'needs')) ?? [],
    if: conditionField(node, 'if'),
    permissions: convertPermissions(fieldOf(node, 'permissions')),
    concurrency: convertConcurrency(fieldOf(node, 'concurrency')),
    strategy: convertStrategy(fieldOf(node, 'strategy')),
    unsupported: unsupportedKeys(node),
  };
  return uses === null ? { ...base, ...convertStepsJob(node) } : { ...base, ...convertCall(uses, node) };
}

type Own<J extends Job> = Omit<
  J,
  'id' | 'name' | 'needs' | 'if' | 'permissions' | 'concurrency' | 'strategy' | 'unsupported'
>;

function convertStepsJob(node: YamlNode): Own<StepsJob> {
  return {
    kind: 'steps',
    runsOn: fieldOf(node, 'runs-on') ?? { kind: 'scalar', value: '', at: node.at },
    environment: fieldOf(node, 'environment'),
    env: templateEntries(fieldOf(node, 'env')),
    defaults: convertDefaults(fieldOf(node, 'defaults')),
    outputs: templateEntries(fieldOf(node, 'outputs')),
    timeoutMinutes: textField(node, 'timeout-minutes'),
    continueOnError: textField(node, 'continue-on-error'),
    container: fieldOf(node, 'container'),
    services: fieldOf(node, 'services'),
    steps: itemsOf(fieldOf(node, 'steps')).map(convertStep),
  };
}

function convertCall(uses: Located<string>, node: YamlNode): Own<CallJob> {
  const secrets = fieldOf(node, 'secrets');
  return {
    kind: 'call',
    uses,
    with: entriesOf(fieldOf(node, 'with')).map(({ key, value }) => ({ name: key, value })),
    secrets: textOf(secrets)?.value === 'inherit' ? 'inherit' : templateEntries(secrets),
  };
}

function unsupportedKeys(node: YamlNode): Located<string>[] {
  return entriesOf(node)
    .filter(({ key }) => ['cancel-timeout-minutes', 'snapshot'].includes(key.value))
    .map(({ key }) => key);
}
