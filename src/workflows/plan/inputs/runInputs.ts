import type { Value } from '../../expressions/index.ts';
import type { InputDefinition, Range, Workflow } from '../../language/index.ts';
import { emptyValue, sameName } from '../calls/callInputs.ts';
import { describe, nodeOf } from '../evaluation.ts';
import { dig, type Payload } from '../events/payload.ts';
import type { PlanInput } from '../planInput.ts';
import { refuse } from '../refusal.ts';

/** The `inputs` context of a run: of its type each, with defaults. Throws `Refusal`. */
export function inputsOf({ workflow, event, vars, ...input }: PlanInput): Record<string, Value> {
  const trigger = workflow.on.find(({ event: { value } }) => value === event.name);
  if (trigger === undefined || !['workflow_dispatch', 'workflow_call'].includes(event.name)) return {};
  const { file } = workflow;
  const inputs = { ...(dig(event.payload, 'inputs') as Payload | null), ...input.inputs };
  refuseUnknown(trigger.inputs, inputs, file, trigger.event.at);
  return Object.fromEntries(
    trigger.inputs.map((definition) => {
      const given = Object.entries(inputs).find(([name]) => sameName(name, definition.name.value))?.[1];
      const contexts = { github: event.github, inputs: {}, vars };
      const fallback = () =>
        definition.default === null
          ? emptyValue(definition.type)
          : nodeOf(definition.default, { file, contexts });
      return [definition.name.value, inputOf(definition, given, fallback, workflow)];
    }),
  );
}

function refuseUnknown(
  definitions: readonly InputDefinition[],
  given: Readonly<Record<string, Value>>,
  file: string,
  at: Range,
): void {
  for (const name of Object.keys(given)) {
    if (definitions.some((definition) => sameName(definition.name.value, name))) continue;
    const names = definitions.map((definition) => definition.name.value).join(', ');
    const known = names === '' ? 'it has none' : `it has ${names}`;
    throw refuse('input', `there is no input \`${name}\`; ${known}`, file, at);
  }
}

function inputOf(
  definition: InputDefinition,
  given: Value | undefined,
  fallback: () => Value,
  { file }: Workflow,
): Value {
  const { name, required, options, type } = definition;
  const missing = given === undefined || given === '';
  if (missing && required && definition.default === null) {
    throw refuse('input', `the input \`${name.value}\` is required, and was not given`, file, name.at);
  }
  const value = typed(definition, missing ? fallback() : given, file);
  if (type === 'choice' && value !== '' && !options.includes(String(value))) {
    const message = `${describe(value)} is no option of \`${name.value}\`; it has ${options.join(', ')}`;
    throw refuse('input', message, file, name.at);
  }
  return value;
}

/** Texts become what they spell: they come from a command line or a form. */
function typed({ name, type }: InputDefinition, value: Value, file: string): Value {
  const text = value === null || typeof value === 'object' ? null : String(value);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'number' && text !== null && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type !== 'boolean' && type !== 'number') {
    if (text !== null) return text;
    if (value === null) return '';
  }
  throw refuse('input', `\`${name.value}\` is a ${type}, but ${describe(value)} is given`, file, name.at);
}
