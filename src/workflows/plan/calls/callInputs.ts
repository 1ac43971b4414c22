import { toText, type Value } from '../../expressions/index.ts';
import type { InputDefinition, Range } from '../../language/index.ts';
import { describe, type Evaluation, nodeOf } from '../evaluation.ts';
import type { PlannedCall } from '../plan.ts';
import { refuse } from '../refusal.ts';

/**
 * The `inputs` context of a called workflow: what `with` says, else defaults, each of its type; `evaluation` is the
 * caller's. Names are settled when the run is planned. Throws `Refusal`.
 */
export function callInputs(call: PlannedCall, evaluation: Evaluation): Record<string, Value> {
  const { github = null, inputs = null, vars = null } = evaluation.contexts;
  const defaults: Evaluation = { file: call.calledFile, contexts: { github, inputs, vars } };
  return Object.fromEntries(
    call.inputs.map((definition) => [definition.name.value, inputOf(call, definition, evaluation, defaults)]),
  );
}

function inputOf(
  call: PlannedCall,
  definition: InputDefinition,
  evaluation: Evaluation,
  defaults: Evaluation,
): Value {
  const given = call.with.find(({ name }) => sameName(name.value, definition.name.value));
  if (given !== undefined) {
    return typed(definition, nodeOf(given.value, evaluation), evaluation.file, given.value.at);
  }
  if (definition.default === null) return emptyValue(definition.type);
  return typed(definition, nodeOf(definition.default, defaults), defaults.file, definition.default.at);
}

/** Names of inputs and secrets are the same whatever their case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What an input is that nobody gave. */
export function emptyValue(type: InputDefinition['type']): Value {
  if (type === 'boolean') return false;
  return type === 'number' ? 0 : '';
}

function typed({ name, type }: InputDefinition, value: Value, file: string, at: Range): Value {
  if (type === 'boolean' || type === 'number') {
    if (typeof value === type) return value;
    const hint = typeof value === 'string' ? '; text becomes one by `fromJSON`' : '';
    throw refuse('input', `\`${name.value}\` is a ${type}, but ${describe(value)} is given${hint}`, file, at);
  }
  if (value === null || typeof value !== 'object') return toText(value);
  throw refuse('input', `\`${name.value}\` is text, but ${describe(value)} is given`, file, at);
}
