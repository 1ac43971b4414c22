import { isTruthy, toText } from './conversions.ts';
import { evaluateExpression, type Scope } from './evaluate.ts';
import { evaluateTemplate } from './evaluateTemplate.ts';
import { ExpressionError } from './expressionError.ts';
import type { Functions } from './functions.ts';
import { callsIn, parts } from './inspect.ts';
import type { Expression } from './parser.ts';
import { hasExpression, parseCached } from './template.ts';
import type { Contexts, Value } from './value.ts';

/** Whether a condition holds; `shown` says what it was made of, for people: `github.ref == 'x' (github.ref: 'y')`. */
export interface ConditionResult {
  readonly holds: boolean;
  readonly shown: string | null;
}

const statusFunctions = ['success', 'failure', 'always', 'cancelled'];

/**
 * Evaluates an `if:`, with or without its `${{ }}`. Unless it names a status function, `success()` must hold too.
 * Text around `${{ }}` makes it text, which is true: so does GitHub. Throws `ExpressionError`.
 */
export function evaluateCondition(
  condition: string | null,
  contexts: Contexts,
  functions: Functions,
): ConditionResult {
  const scope = { contexts, functions };
  const source = condition === null ? '' : withoutBraces(condition);
  if (source.trim() === '') return { holds: succeeded(scope), shown: null };
  if (hasExpression(source)) return evaluateMixed(source, scope);
  const expression = parseCached(source);
  const implicit = !namesStatus(expression);
  const success = !implicit || succeeded(scope);
  const holds = success && isTruthy(evaluateExpression(expression, scope));
  return {
    holds,
    shown: success ? show(source, expression, scope) : `success() && (${source.trim()}) (success(): false)`,
  };
}

/** `x` of `${{ x }}`, when nothing stands around it; else the text as it is. */
export function withoutBraces(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('${{') || !trimmed.endsWith('}}')) return text;
  const inner = trimmed.slice(3, -2);
  return hasExpression(inner) || /\}\}/.test(inner.replaceAll(/'[^']*'/g, '')) ? text : inner.trim();
}

function succeeded(scope: Scope): boolean {
  const success = parseCached('success()');
  return isTruthy(evaluateExpression(success, scope));
}

function evaluateMixed(text: string, scope: Scope): ConditionResult {
  const value = evaluateTemplate(text, scope.contexts, scope.functions);
  const success = /\b(?:success|failure|always|cancelled)\s*\(/i.test(text) || succeeded(scope);
  return { holds: success && isTruthy(value), shown: `${text.trim()} (the text ${showValue(value)})` };
}

/** Whether `success()` and the like are called in it: then `success()` is not implied. */
export function namesStatus(expression: Expression): boolean {
  return callsIn(expression).some((name) => statusFunctions.includes(name.toLowerCase()));
}

const shownParts = 6;

function show(source: string, expression: Expression, scope: Scope): string {
  const written = source.trim();
  const values = new Map<string, string>();
  for (const part of parts(expression)) {
    const text = source.slice(part.start, part.end);
    if (text !== written && values.size < shownParts) values.set(text, tryShow(part, scope));
  }
  if (values.size === 0) return written;
  return `${written} (${Array.from(values, ([text, value]) => `${text}: ${value}`).join(', ')})`;
}

/** What `&&` passed over may not have a value. */
function tryShow(part: Expression, scope: Scope): string {
  try {
    return showValue(evaluateExpression(part, scope));
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

function showValue(value: Value): string {
  if (value === null) return 'nothing';
  if (typeof value !== 'string') return toText(value);
  return `'${value.length > 80 ? `${value.slice(0, 79)}…` : value}'`;
}
