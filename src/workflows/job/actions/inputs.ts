import { evaluateText } from '../../expressions/index.ts';
import type { ActionDefinition, TemplateEntry } from '../../language/model.ts';
import type { StepRun } from '../job.ts';
import type { StepOutput } from '../output/stepOutput.ts';
import { contextsOf, evaluating } from '../steps/contexts.ts';

/**
 * What an action is given: `with:` over its defaults, both evaluated where it is used. What it does not know is
 * passed on with a warning; that a required one is missing is for the action to say.
 */
export async function evaluateInputs(
  run: Pick<StepRun, 'job' | 'step' | 'env'> & { readonly output: Pick<StepOutput, 'warn'> | null },
  given: readonly TemplateEntry[],
  definition: ActionDefinition,
): Promise<Record<string, string>> {
  const { job, step, env } = run;
  // Not once more for each other phase.
  const warn = (message: string) => (step.phase === 'main' ? run.output?.warn(message) : undefined);
  const contexts = contextsOf(job, step, env);
  const evaluate = (text: string) =>
    evaluating(job, step.scope, (functions) => evaluateText(text, contexts, functions));
  const inputs: Record<string, string> = {};
  const known = new Map(definition.inputs.map((input) => [input.name.value.toLowerCase(), input]));
  const unknown: string[] = [];
  for (const { name, text } of given) {
    const input = known.get(name.value.toLowerCase());
    inputs[input?.name.value ?? name.value] = await evaluate(text.value);
    if (input === undefined) unknown.push(name.value);
    if (input?.deprecationMessage != null)
      warn(`Input '${name.value}' has been deprecated with message: ${input.deprecationMessage}`);
  }
  for (const { name, default: text } of definition.inputs)
    if (inputs[name.value] === undefined && text !== null) inputs[name.value] = await evaluate(text.value);
  if (unknown.length > 0) {
    const valid = definition.inputs.map(({ name }) => `'${name.value}'`).join(', ');
    warn(`Unexpected input(s) '${unknown.join("', '")}', valid inputs are [${valid}]`);
  }
  return inputs;
}

/** The variables by which a JavaScript action reads its inputs. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  );
}
