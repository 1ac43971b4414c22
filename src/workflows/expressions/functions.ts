import { areEqual, isComposite, toText, upper } from './conversions.ts';
import type { Value } from './value.ts';

/** What an expression can call, by name; names are compared without regard to case. May throw `Error`. */
export type Functions = Readonly<Record<string, (...args: Value[]) => Value>>;

/** How many arguments a function takes. */
export interface Arity {
  readonly min: number;
  readonly max: number;
}

export interface BuiltIn extends Arity {
  /** As documented. */
  readonly name: string;
  readonly call: (args: readonly Value[]) => Value;
}

/** No function answers a longer text: nested calls would fill the memory. */
const maxTextLength = 10 * 1024 * 1024;

/** The functions that every expression knows, by their name in lower case. */
export const builtIns: ReadonlyMap<string, BuiltIn> = new Map(
  (
    [
      { name: 'case', min: 3, max: 255, call: choose },
      { name: 'contains', min: 2, max: 2, call: ([a = null, b = null]) => contains(a, b) },
      { name: 'endsWith', min: 2, max: 2, call: (args) => compareTexts(args, (a, b) => a.endsWith(b)) },
      { name: 'format', min: 1, max: 255, call: ([text = null, ...values]) => format(toText(text), values) },
      { name: 'fromJSON', min: 1, max: 1, call: ([text = null]) => fromJson(toText(text)) },
      { name: 'join', min: 1, max: 2, call: ([list = null, separator = ',']) => join(list, separator) },
      { name: 'startsWith', min: 2, max: 2, call: (args) => compareTexts(args, (a, b) => a.startsWith(b)) },
      { name: 'toJSON', min: 1, max: 1, call: ([value = null]) => bounded(toJson(value)) },
    ] satisfies BuiltIn[]
  ).map((builtIn) => [builtIn.name.toLowerCase(), builtIn]),
);

/** What is wrong with a number of arguments, or null. */
export function arityProblem(name: string, { min, max }: Arity, count: number): string | null {
  if (count < min || count > max) {
    const wanted = min === max ? String(min) : max >= 255 ? `at least ${min}` : `${min} to ${max}`;
    const noun = wanted.endsWith('1') && max <= 1 ? 'argument' : 'arguments';
    return `\`${name}\` takes ${max === 0 ? 'no' : wanted} ${noun}, not ${count}`;
  }
  if (name.toLowerCase() !== 'case' || count % 2 === 1) return null;
  return '`case` takes pairs of a condition and a value, and a value for when none holds';
}

function choose(args: readonly Value[]): Value {
  for (let index = 0; index < args.length - 1; index += 2) {
    const condition = args[index];
    if (typeof condition !== 'boolean') throw new Error('a condition of `case` must be true or false');
    if (condition) return args[index + 1] ?? null;
  }
  return args.at(-1) ?? null;
}

function contains(where: Value, what: Value): Value {
  if (Array.isArray(where)) return where.some((item: Value) => areEqual(item, what));
  if (isComposite(where) || isComposite(what)) return false;
  return upper(toText(where)).includes(upper(toText(what)));
}

function compareTexts(args: readonly Value[], holds: (a: string, b: string) => boolean): Value {
  const [a = null, b = null] = args;
  return !isComposite(a) && !isComposite(b) && holds(upper(toText(a)), upper(toText(b)));
}

const pieces = /\{\{|\}\}|\{(\d+)\}|[{}]/g;

function format(text: string, values: readonly Value[]): string {
  let length = 0;
  return text.replace(pieces, (piece: string, index: string | undefined) => {
    const replacement = formatPiece(text, values, piece, index);
    length += replacement.length;
    if (length > maxTextLength) throw new Error(tooLong);
    return replacement;
  });
}

function formatPiece(text: string, values: readonly Value[], piece: string, index?: string): string {
  if (piece === '{{') return '{';
  if (piece === '}}') return '}';
  if (index === undefined) {
    throw new Error(`\`${shorten(text)}\` is no format: write \`{{\` and \`}}\` for braces, {0} for a value`);
  }
  const value = values[Number(index)];
  if (value !== undefined) return toText(value);
  throw new Error(
    `\`${shorten(text)}\` names {${index}}, but \`format\` was given ${values.length} values, from {0} on`,
  );
}

function fromJson(text: string): Value {
  if (text.trim() === '') throw new Error('`fromJSON` was given an empty text');
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`\`fromJSON\` was given what is no JSON: ${shorten(text)}`);
  }
}

function join(list: Value, separator: Value): string {
  if (!isComposite(list)) return toText(list);
  if (!Array.isArray(list)) return '';
  const between = isComposite(separator) ? ',' : toText(separator);
  const texts = list.map((item: Value) => toText(item));
  const length = texts.reduce((sum, text) => sum + text.length + between.length, 0);
  if (length > maxTextLength) throw new Error(tooLong);
  return texts.join(between);
}

function toJson(value: Value): string {
  return JSON.stringify(value, (_key, inner: unknown) => (Object.is(inner, -0) ? 0 : inner), 2);
}

function bounded(text: string): string {
  if (text.length > maxTextLength) throw new Error(tooLong);
  return text;
}

const tooLong = `the text would be longer than ${maxTextLength} characters`;
const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
