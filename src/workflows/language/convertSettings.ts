import { hasExpression } from '../expressions/index.ts';
import { entriesOf, fieldOf, textField, textOf } from './fields.ts';
import type { Access, Concurrency, Permissions, RunDefaults, Strategy } from './model.ts';
import type { YamlNode } from './source.ts';

/** `defaults:` of a workflow or a job. */
export function convertDefaults(node: YamlNode | null): RunDefaults {
  const run = fieldOf(node, 'run');
  return { shell: textField(run, 'shell'), workingDirectory: textField(run, 'working-directory') };
}

export function convertPermissions(node: YamlNode | null): Permissions | null {
  if (node === null) return null;
  if (node.kind === 'scalar') return { all: node.value === 'write-all' ? 'write' : 'read' };
  if (entriesOf(node).length === 0) return { all: 'none' };
  const scopes = entriesOf(node).map(({ key, value }) => [key.value, accessOf(value)] as const);
  return { scopes: Object.fromEntries(scopes) };
}

function accessOf(node: YamlNode): Access {
  const text = textOf(node)?.value;
  return text === 'read' || text === 'write' ? text : 'none';
}

export function convertConcurrency(node: YamlNode | null): Concurrency | null {
  if (node === null) return null;
  const group = node.kind === 'scalar' ? textOf(node) : textField(node, 'group');
  if (group === null) return null;
  const queue = textField(node, 'queue')?.value === 'max' ? 'max' : 'single';
  return { group, cancelInProgress: textField(node, 'cancel-in-progress'), queue, at: node.at };
}

export function convertStrategy(node: YamlNode | null): Strategy | null {
  if (node === null) return null;
  const whole = textOf(node);
  return {
    matrix: fieldOf(node, 'matrix'),
    failFast: textField(node, 'fail-fast'),
    maxParallel: textField(node, 'max-parallel'),
    expression: whole !== null && hasExpression(whole.value) ? whole : null,
    at: node.at,
  };
}
