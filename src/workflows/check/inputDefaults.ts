import { hasExpression } from '../expressions/index.ts';
import type { InputDefinition, Report, Workflow } from '../language/index.ts';

/** Defaults of inputs that are not of the type of their input: `type: number, default: many`. */
export function checkInputDefaults({ on }: Workflow): Report[] {
  return on.flatMap(({ inputs }) => inputs.flatMap(checkDefault));
}

/** As text they mean the same: `default: 'true'`. An empty one is none. */
function checkDefault({ name, type, default: node }: InputDefinition): Report[] {
  if (node?.kind !== 'scalar') return [];
  const value = String(node.value ?? '').trim();
  if (value === '' || hasExpression(value)) return [];
  const isWrong =
    (type === 'boolean' && !/^(?:true|false)$/i.test(value)) ||
    (type === 'number' && Number.isNaN(Number(value)));
  if (!isWrong) return [];
  const wanted = type === 'boolean' ? 'true or false' : 'a number';
  const message = `the default of input \`${name.value}\` is to be ${wanted}, and is \`${value}\``;
  return [{ rule: 'inputs', message, at: node.at }];
}
