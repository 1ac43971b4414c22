import type { Value } from './value.ts';

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A text as a number, as GitHub reads it: nothing is 0, what is no number is NaN. */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  if (decimal.test(trimmed)) return Number(trimmed);
  if (/^0x[0-9a-fA-F]+$/.test(trimmed)) return asInt32(trimmed, 10);
  if (/^0o[0-7]+$/.test(trimmed)) return asInt32(trimmed, 13);
  if (/^[+-]?Infinity$/.test(trimmed)) return Number(trimmed);
  return Number.NaN;
}

/** 32 bits with a sign: `0xFFFFFFFF` is -1. */
function asInt32(text: string, maxLength: number): number {
  const value = Number(text);
  if (text.length > maxLength || value > 0xffffffff) return Number.NaN;
  return value | 0;
}

export function toNumber(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseNumber(value) : Number.NaN;
}

/** As a value stands in text: nothing for null, `Array` and `Object` for what has no text. */
export function toText(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'Array' : 'Object';
}

/** Fifteen digits, as GitHub writes numbers (.NET's format `G15`): `0.1`, `1E+15`, `1E-05`. */
export function numberText(value: number): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return String(value);
  const [digits = '', exponent = '0'] = value.toExponential(14).split('e');
  const power = Number(exponent);
  if (power >= -5 && power < 15) return plainText(value);
  const sign = power < 0 ? '-' : '+';
  return `${digits.replace(/\.?0+$/, '')}E${sign}${String(Math.abs(power)).padStart(2, '0')}`;
}

function plainText(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

/** Null, false, 0, NaN and the empty text are false; all else is true. */
export function isTruthy(value: Value): boolean {
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value);
  return typeof value === 'object' ? value !== null : Boolean(value);
}

/** `==`: texts without regard to case, different kinds as numbers, lists and objects only if they are the same one. */
export function areEqual(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return upper(left) === upper(right);
  if (isComposite(left) || isComposite(right)) return left === right;
  if (left === null && right === null) return true;
  return toNumber(left) === toNumber(right);
}

/** `<`, `>`: -1, 0 or 1; null when the two have no order. */
export function compare(left: Value, right: Value): number | null {
  if (typeof left === 'string' && typeof right === 'string') return order(upper(left), upper(right));
  if (isComposite(left) || isComposite(right)) return null;
  const [a, b] = [toNumber(left), toNumber(right)];
  return Number.isNaN(a) || Number.isNaN(b) ? null : order(a, b);
}

function order<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export const isComposite = (value: Value): value is Exclude<Value, string | number | boolean | null> =>
  typeof value === 'object' && value !== null;

/** Upper case, but for the dotless i, which is no I. */
export const upper = (text: string): string =>
  text.includes('ı')
    ? text
        .split('ı')
        .map((part) => part.toUpperCase())
        .join('ı')
    : text.toUpperCase();
