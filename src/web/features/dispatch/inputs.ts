import type { DispatchInput } from '../../../contract/runs.ts';
import type { FormValues } from '../form/index.ts';
import { problemAt } from '../form/problemAt.ts';

export const fieldOf = (name: string): string => `input-${name}`;

/** What the form says for each input; one that is left empty is left out, so that its default holds. */
export function inputsOf(
  inputs: readonly DispatchInput[],
  values: Pick<FormValues, 'exact' | 'checked'>,
): Record<string, string | number | boolean> {
  const given: Record<string, string | number | boolean> = {};
  for (const { name, type } of inputs) {
    if (type === 'boolean') given[name] = values.checked(fieldOf(name));
    else {
      const text = values.exact(fieldOf(name));
      if (text !== '') given[name] = type === 'number' ? Number(text) : text;
    }
  }
  return given;
}

/** What the server says of one input; undefined when its answer is about something else. */
export const problemOfInput = (error: Error | null, name: string): string | undefined =>
  problemAt(error, `body.inputs.${name}`);
