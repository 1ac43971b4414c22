import {
  type Contexts,
  ExpressionError,
  evaluateNode,
  evaluateTemplate,
  toText,
  type Value,
} from '../expressions/index.ts';
import type { Range, Template, YamlNode } from '../language/index.ts';
import { refuse } from './refusal.ts';

/** What a key may read where it is written: GitHub gives each no more than its contexts. */
export interface Evaluation {
  readonly file: string;
  readonly contexts: Contexts;
}

/** The text of a key. Throws `Refusal`. */
export function textOf(template: Template, evaluation: Evaluation): string {
  return toText(evaluated(template, evaluation));
}

/** A truth value, or `otherwise` where the key is not written. Throws `Refusal`. */
export function booleanOf(
  key: string,
  template: Template | null,
  otherwise: boolean,
  evaluation: Evaluation,
): boolean {
  if (template === null) return otherwise;
  const value = evaluated(template, evaluation);
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrongType(key, 'true or false', value, template, evaluation);
}

/** A number, or `otherwise` where the key is not written. Throws `Refusal`. */
export function numberOf(
  key: string,
  template: Template | null,
  otherwise: number,
  evaluation: Evaluation,
): number {
  if (template === null) return otherwise;
  const value = evaluated(template, evaluation);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw wrongType(key, 'a number', value, template, evaluation);
}

/** Any value. Throws `Refusal`. */
export function evaluated(template: Template, { file, contexts }: Evaluation): Value {
  return placed(file, template.at, () => evaluateTemplate(template.value, contexts), template.value);
}

/** A whole piece of YAML. Throws `Refusal`. */
export function nodeOf(node: YamlNode, { file, contexts }: Evaluation): Value {
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
  return placed(file, node.at, () => evaluateNode(node, contexts), text);
}

function wrongType(
  key: string,
  wanted: string,
  value: Value,
  template: Template,
  { file }: Evaluation,
): Error {
  const written = template.value.includes('${{')
    ? `${template.value} is ${describe(value)}`
    : describe(value);
  return refuse('type', `${key} must be ${wanted}, but ${written}`, file, template.at);
}

/** For people: `"x"`, `nothing`, `a list`. */
export function describe(value: Value): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Gives an expression that cannot be evaluated its place in the file; `text` is what stands at the place. */
export function placed<T>(file: string, at: Range, evaluate: () => T, text: string | null = null): T {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw refuse('expression', error.message, file, text === null ? at : within(at, text, error));
  }
}

/** Where in a text of one line an error is; all of it when quotes, escapes or folds are in the way. */
function within(at: Range, text: string, { offset, length }: ExpressionError): Range {
  const { start, end } = at;
  const quotes = (end.column - start.column - text.length) / 2;
  if (start.line !== end.line || (quotes !== 0 && quotes !== 1)) return at;
  const column = start.column + quotes + offset;
  return { start: { ...start, column }, end: { ...start, column: column + length } };
}
