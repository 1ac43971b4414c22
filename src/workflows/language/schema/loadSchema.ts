import { readFileSync } from 'node:fs';
import { type RawDefinition, readSchema, type Schema } from './schema.ts';

/**
 * GitHub's own description of workflow files and of `action.yml`, as the package `@actions/workflow-parser` (MIT) ships
 * it: every key, its type, its values, and what its expressions may use. Read once, when it is first asked for.
 */
export function workflowSchema(): Schema {
  workflow ??= load('workflow-v1.0.min.json', workflowCorrections);
  return workflow;
}

export function actionSchema(): Schema {
  action ??= load('action-v1.0.min.json', actionCorrections);
  return action;
}

let workflow: Schema | undefined;
let action: Schema | undefined;

/** Where the description is narrower than what GitHub takes. */
const workflowCorrections: Readonly<Record<string, RawDefinition>> = {
  'repository-dispatch-string': { string: { constant: 'repository_dispatch' } },
  'workflow-dispatch-inputs': { 'one-of': ['null', 'workflow-dispatch-some-inputs'] },
  'workflow-dispatch-some-inputs': {
    mapping: {
      'loose-key-type': 'non-empty-string',
      'loose-value-type': 'workflow-dispatch-input-or-nothing',
    },
  },
  'workflow-dispatch-input-or-nothing': { 'one-of': ['null', 'workflow-dispatch-input'] },
};
const actionCorrections: Readonly<Record<string, RawDefinition>> = {
  'inputs-strict': {
    mapping: { 'loose-key-type': 'non-empty-string', 'loose-value-type': 'input-or-nothing' },
  },
  'input-or-nothing': { 'one-of': ['null', 'input-strict'] },
};

function load(name: string, corrections: Readonly<Record<string, RawDefinition>>): Schema {
  // The package exports its scripts only; the data lies beside the main one.
  const file = new URL(name, import.meta.resolve('@actions/workflow-parser'));
  const document = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, RawDefinition> };
  return readSchema({ ...document.definitions, ...corrections });
}
