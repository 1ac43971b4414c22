import { contextNames, type Expression } from '../expressions/index.ts';

/** Every context is an object. */
const contexts: ReadonlySet<string> = new Set(contextNames);

/** Whether an expression is an object for certain: a context, `github.event`, `needs.x`, `steps.x.outputs`. */
export function isObject(expression: Expression): boolean {
  const [context = '', ...names] = namesOf(expression) ?? [];
  if (names.length === 0) return contexts.has(context);
  const [first, second, ...more] = names;
  if (context === 'github') return first === 'event' && second === undefined;
  if (context !== 'steps' && context !== 'needs') return false;
  return second === undefined || (second === 'outputs' && more.length === 0);
}

/** `a.b['c']` as its names in lower case; null for what is no such. */
function namesOf(expression: Expression): string[] | null {
  if (expression.kind === 'context') return [expression.name.toLowerCase()];
  if (expression.kind !== 'index') return null;
  const { of, index } = expression;
  const before = namesOf(of);
  if (before === null || index.kind !== 'literal' || typeof index.value !== 'string') return null;
  return [...before, index.value.toLowerCase()];
}
