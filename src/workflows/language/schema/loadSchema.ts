import { readFileSync } from 'node:fs';
import { type RawDefinition, readSchema, type Schema } from './schema.ts';

/**
 * GitHub's own description of workflow files and of `action.yml`, as the package `@actions/workflow-parser` (MIT) ships
 * it: every key, its type, its values, and what its expressions may use. Read once, when it is first asked for.
 */
export function workflowSchema(): Schema {
  workflow ??= load('workflow-v1.0.min.json');
  return workflow;
}

export function actionSchema(): Schema {
  action ??= load('action-v1.0.min.json');
  return action;
}

let workflow: Schema | undefined;
let action: Schema | undefined;

function load(name: string): Schema {
  // The package exports its scripts only; the data lies beside the main one.
  const file = new URL(name, import.meta.resolve('@actions/workflow-parser'));
  const document = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, RawDefinition> };
  return readSchema(document.definitions);
}
