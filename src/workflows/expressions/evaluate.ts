import { areEqual, compare, isComposite, isTruthy, toNumber, toText } from './conversions.ts';
import { ExpressionError } from './expressionError.ts';
import { arityProblem, type BuiltIn, builtIns, type Functions } from './functions.ts';
import type { Comparison, Expression } from './parser.ts';
import type { Contexts, Value } from './value.ts';

/** What an expression is evaluated with. */
export interface Scope {
  readonly contexts: Contexts;
  readonly functions: Functions;
}

/** All contexts there are: one that is not given is null; any other name is an error. */
export const contextNames = [
  'github',
  'env',
  'vars',
  'secrets',
  'inputs',
  'needs',
  'strategy',
  'matrix',
  'job',
  'jobs',
  'steps',
  'runner',
] as const;

/** What `.*` yields: each of it is looked into by what follows. */
class Filtered extends Array<Value> {}

/** Evaluates an expression by GitHub's rules. Throws `ExpressionError` with an offset in the expression's text. */
export function evaluateExpression(expression: Expression, scope: Scope): Value {
  const evaluate = (inner: Expression): Value => evaluateExpression(inner, scope);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'context':
      return findContext(expression, scope);
    case 'index': {
      const of = evaluate(expression.of);
      return lookUp(of, evaluate(expression.index), isEnv(expression.of));
    }
    case 'star':
      return filter(evaluate(expression.of));
    case 'call':
      return call(expression, expression.args.map(evaluate), scope);
    case 'not':
      return !isTruthy(evaluate(expression.of));
    case 'comparison':
      return holds(expression.operator, evaluate(expression.left), evaluate(expression.right));
    case 'logical':
      return combine(expression.operator, expression.operands, evaluate);
  }
}

function findContext({ name, start, end }: Extract<Expression, { kind: 'context' }>, scope: Scope): Value {
  const found = property(scope.contexts, name);
  if (found !== undefined) return found;
  if (contextNames.some((known) => known === name.toLowerCase())) return null;
  throw new ExpressionError(`there is no context \`${name}\``, start, end - start);
}

/** Variables differ by case on Linux, unlike everything else. */
const isEnv = (of: Expression): boolean => of.kind === 'context' && of.name.toLowerCase() === 'env';

function lookUp(of: Value, index: Value, caseMatters: boolean): Value {
  if (!(of instanceof Filtered)) return at(of, index, caseMatters) ?? null;
  const result = new Filtered();
  for (const item of of) {
    const found = at(item, index, false);
    if (found !== undefined) result.push(found);
  }
  return result;
}

function at(of: Value, index: Value, caseMatters: boolean): Value | undefined {
  if (Array.isArray(of)) {
    const place = Math.floor(toNumber(index));
    return place >= 0 ? (of[place] as Value | undefined) : undefined;
  }
  if (!isComposite(of) || isComposite(index)) return undefined;
  const key = toText(index);
  const record = of as Readonly<Record<string, Value>>;
  if (caseMatters) return Object.hasOwn(record, key) ? record[key] : undefined;
  return property(record, key);
}

function property(of: Readonly<Record<string, Value>>, key: string): Value | undefined {
  if (Object.hasOwn(of, key)) return of[key];
  const wanted = key.toLowerCase();
  for (const name of Object.keys(of)) if (name.toLowerCase() === wanted) return of[name];
  return undefined;
}

function filter(of: Value): Value {
  const result = new Filtered();
  for (const item of of instanceof Filtered ? of : [of]) for (const value of inside(item)) result.push(value);
  return result;
}

function inside(of: Value): readonly Value[] {
  if (Array.isArray(of)) return of;
  return isComposite(of) ? Object.values(of) : [];
}

function call(expression: Extract<Expression, { kind: 'call' }>, args: Value[], scope: Scope): Value {
  const name = expression.name.toLowerCase();
  const given = Object.keys(scope.functions).find((known) => known.toLowerCase() === name);
  const builtIn = builtIns.get(name);
  try {
    if (given !== undefined) return scope.functions[given]?.(...args) ?? null;
    if (builtIn !== undefined) return callBuiltIn(builtIn, args);
  } catch (error) {
    if (error instanceof ExpressionError || !(error instanceof Error)) throw error;
    throw new ExpressionError(error.message, expression.start, expression.end - expression.start);
  }
  throw new ExpressionError(
    `there is no function \`${expression.name}\` here`,
    expression.start,
    name.length,
  );
}

function callBuiltIn(builtIn: BuiltIn, args: readonly Value[]): Value {
  const problem = arityProblem(builtIn.name, builtIn, args.length);
  if (problem !== null) throw new Error(problem);
  return builtIn.call(args);
}

function holds(operator: Comparison, left: Value, right: Value): boolean {
  if (operator === '==') return areEqual(left, right);
  if (operator === '!=') return !areEqual(left, right);
  const order = compare(left, right);
  if (order === null) return operator.length === 2 && areEqual(left, right);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function combine(
  operator: '&&' | '||',
  operands: readonly Expression[],
  evaluate: (operand: Expression) => Value,
): Value {
  let value: Value = null;
  for (const operand of operands) {
    value = evaluate(operand);
    if (isTruthy(value) === (operator === '||')) break;
  }
  return value;
}
