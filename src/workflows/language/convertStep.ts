import { conditionField, entriesOf, fieldOf, plainField, templateEntries, textField } from './fields.ts';
import type { Step } from './model.ts';
import type { Located, YamlNode } from './source.ts';

/** A step of a job or of a composite action. */
export function convertStep(node: YamlNode): Step {
  return {
    id: textField(node, 'id'),
    name: textField(node, 'name'),
    if: conditionField(node, 'if'),
    env: templateEntries(fieldOf(node, 'env')),
    continueOnError: textField(node, 'continue-on-error'),
    timeoutMinutes: textField(node, 'timeout-minutes'),
    does: convertDoes(node),
    at: node.at,
  };
}

const unsupported = ['background', 'wait', 'wait-all', 'cancel', 'parallel'];

function convertDoes(node: YamlNode): Step['does'] {
  const what = entriesOf(node).find(({ key, value }) => unsupported.includes(key.value) && !isFalse(value));
  if (what !== undefined) return { kind: 'unsupported', what: what.key };
  const uses = plainField(node, 'uses');
  if (uses !== null) return { kind: 'uses', uses, with: templateEntries(fieldOf(node, 'with')) };
  return {
    kind: 'run',
    script: textField(node, 'run') ?? nothingAt(node),
    shell: textField(node, 'shell'),
    workingDirectory: textField(node, 'working-directory'),
  };
}

function isFalse(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === false;
}

const nothingAt = (node: YamlNode): Located<string> => ({ value: '', at: node.at });
