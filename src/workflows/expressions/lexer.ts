import { parseNumber } from './conversions.ts';
import { ExpressionError } from './expressionError.ts';
import type { Value } from './value.ts';

/** `end` is behind its last character. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'symbol'; readonly symbol: Punctuation }
  | { readonly kind: 'end' }
);

const symbols = [
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  '*',
  '!=',
  '!',
  '==',
  '<=',
  '<',
  '>=',
  '>',
  '&&',
  '||',
] as const;
export type Punctuation = (typeof symbols)[number];

/** As many characters GitHub reads. */
export const maxExpressionLength = 21_000;

const keywords: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
]);
const space = /\s*/y;
const word = /[^\s()[\],.!<>=&|]+/y;
const numeric = /[^\s()[\],!<>=&|]+/y;
const name = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Splits an expression (without its `${{ }}`) into words; the last is always `end`. Throws `ExpressionError`. */
export function lex(text: string): Token[] {
  if (text.length > maxExpressionLength) {
    throw new ExpressionError(
      `an expression can have ${maxExpressionLength} characters at most; this has ${text.length}`,
      0,
    );
  }
  const tokens: Token[] = [];
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const token = readToken(text, at, tokens.at(-1));
    tokens.push(token);
    at = skipSpace(text, token.end);
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length });
  return tokens;
}

function skipSpace(text: string, at: number): number {
  space.lastIndex = at;
  space.test(text);
  return space.lastIndex;
}

function readToken(text: string, start: number, previous: Token | undefined): Token {
  const first = text[start] ?? '';
  if (first === "'") return readString(text, start);
  if (/[0-9+-]/.test(first) || (first === '.' && !canHaveProperty(previous))) return readNumber(text, start);
  const symbol = symbols.find((candidate) => text.startsWith(candidate, start));
  if (symbol !== undefined) return { kind: 'symbol', symbol, start, end: start + symbol.length };
  return readWord(text, start, previous);
}

function canHaveProperty(token: Token | undefined): boolean {
  if (token?.kind === 'symbol') return [')', ']', '*'].includes(token.symbol);
  return token?.kind === 'name';
}

function readString(text: string, start: number): Token {
  for (let quote = text.indexOf("'", start + 1); quote !== -1; quote = text.indexOf("'", quote + 2)) {
    if (text[quote + 1] === "'") continue;
    const value = text.slice(start + 1, quote).replaceAll("''", "'");
    return { kind: 'literal', value, start, end: quote + 1 };
  }
  throw new ExpressionError("the closing `'` of a text is missing", start, text.length - start);
}

function readNumber(text: string, start: number): Token {
  const written = matchAt(numeric, text, start);
  const value = parseNumber(written);
  if (Number.isNaN(value) || written.trim() === '') {
    throw new ExpressionError(notNumber(written), start, written.length);
  }
  return { kind: 'literal', value, start, end: start + written.length };
}

function notNumber(written: string): string {
  if (/^[+-]$/.test(written)) return unexpected(written);
  return written.startsWith('.') ? `\`${written}\` does not belong here` : `\`${written}\` is no number`;
}

function readWord(text: string, start: number, previous: Token | undefined): Token {
  const written = matchAt(word, text, start) || (text[start] ?? '');
  const end = start + written.length;
  const isProperty = previous?.kind === 'symbol' && previous.symbol === '.';
  const literal = isProperty ? undefined : keywords.get(written);
  if (literal !== undefined) return { kind: 'literal', value: literal, start, end };
  if (name.test(written)) return { kind: 'name', name: written, start, end };
  throw new ExpressionError(unexpected(written), start, written.length);
}

function unexpected(written: string): string {
  if (written.startsWith('"') || written.endsWith('"')) {
    return `a text stands in single quotes in an expression: \`${written.replaceAll('"', "'")}\``;
  }
  if (written === '=') return 'write `==` to compare; `=` means nothing here';
  if (written === '&') return 'write `&&` for "and"; `&` means nothing here';
  if (written === '|') return 'write `||` for "or"; `|` means nothing here';
  if (/^[+/%?:;*-]/.test(written)) return `there is no operator \`${written[0]}\` in expressions`;
  return `\`${written}\` cannot stand in an expression`;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
