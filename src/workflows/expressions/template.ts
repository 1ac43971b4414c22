import { LRUCache } from 'lru-cache';
import { ExpressionError } from './expressionError.ts';
import { type Expression, parseExpression } from './parser.ts';

/** Text as it stands, or an expression in it; `start` is the offset in the whole text of what is given. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string; readonly start: number };

const open = '${{';
const close = '}}';

/** Splits a text at its `${{ }}`; quotes inside of them are honoured. Throws `ExpressionError`. */
export function splitTemplate(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
    if (start > at) pieces.push({ kind: 'text', text: text.slice(at, start) });
    const end = findEnd(text, start + open.length);
    if (end === -1) {
      throw new ExpressionError('the closing `}}` is missing', start, lineEnd(text, start) - start);
    }
    pieces.push({
      kind: 'expression',
      source: text.slice(start + open.length, end),
      start: start + open.length,
    });
    at = end + close.length;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}

/** Whether expressions may stand in the text. */
export const hasExpression = (text: string): boolean => text.includes(open);

function findEnd(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith(close, at)) return at;
  }
  return -1;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

const parsed = new LRUCache<string, Expression>({
  maxSize: 4 * 1024 * 1024,
  sizeCalculation: (_expression, text) => text.length + 100,
});

/** Reads an expression, or remembers it. `start` is where it stands in a larger text, for errors. */
export function parseCached(source: string, start = 0): Expression {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const expression = shifted(start, () => parseExpression(source));
  parsed.set(source, expression);
  return expression;
}

/** Does what is given; the offsets of its errors are moved by `start`. */
export function shifted<T>(start: number, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ExpressionError) || start === 0) throw error;
    throw new ExpressionError(error.message, error.offset + start, error.length);
  }
}
