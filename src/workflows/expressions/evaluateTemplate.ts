import { toText } from './conversions.ts';
import { evaluateExpression } from './evaluate.ts';
import type { Functions } from './functions.ts';
import { hasExpression, type Piece, parseCached, shifted, splitTemplate } from './template.ts';
import type { Contexts, Value } from './value.ts';

/** A lone `${{ x }}` yields its value; anything else is text. Throws `ExpressionError` with an offset in `text`. */
export function evaluateTemplate(text: string, contexts: Contexts, functions: Functions = {}): Value {
  if (!hasExpression(text)) return text;
  const pieces = splitTemplate(text);
  const evaluate = (piece: Piece): Value => {
    if (piece.kind === 'text') return piece.text;
    const expression = parseCached(piece.source, piece.start);
    return shifted(piece.start, () => evaluateExpression(expression, { contexts, functions }));
  };
  const [only, ...others] = pieces;
  if (only !== undefined && others.length === 0) return evaluate(only);
  return pieces.map((piece) => toText(evaluate(piece))).join('');
}

/** The text that a template yields. Throws `ExpressionError`. */
export function evaluateText(text: string, contexts: Contexts, functions: Functions = {}): string {
  return toText(evaluateTemplate(text, contexts, functions));
}
