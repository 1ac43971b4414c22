import { ExpressionError } from './expressionError.ts';
import { lex, type Punctuation, type Token } from './lexer.ts';
import type { Value } from './value.ts';

/** What an expression says. Offsets are those of its text, without `${{ }}`. */
export type Expression = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'context'; readonly name: string }
  /** `of.name` and `of['name']`. */
  | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression }
  /** `of.*`. */
  | { readonly kind: 'star'; readonly of: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'logical'; readonly operator: '&&' | '||'; readonly operands: readonly Expression[] }
);
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** As deep as GitHub reads. */
export const maxExpressionDepth = 50;

/** Reads an expression without its `${{ }}`. Throws `ExpressionError`. */
export function parseExpression(text: string): Expression {
  const parser: Parser = { tokens: lex(text), at: 0, depth: 0 };
  if (peek(parser).kind === 'end') throw new ExpressionError('an expression is missing here', 0, text.length);
  const expression = readOr(parser);
  const rest = peek(parser);
  if (rest.kind !== 'end') throw unexpected(rest, text);
  return expression;

  function unexpected(token: Token, source: string): ExpressionError {
    const written = source.slice(token.start, token.end);
    return new ExpressionError(`\`${written}\` does not belong here`, token.start, written.length);
  }
}

interface Parser {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
}

function readOr(parser: Parser): Expression {
  return deeper(parser, () =>
    readLogical(parser, '||', () => readLogical(parser, '&&', () => readEquality(parser))),
  );
}

function readLogical(parser: Parser, operator: '&&' | '||', readOperand: () => Expression): Expression {
  const first = readOperand();
  if (!isNext(parser, operator)) return first;
  const operands = [first];
  deepen(parser);
  while (take(parser, operator)) operands.push(readOperand());
  parser.depth -= 1;
  return { kind: 'logical', operator, operands, start: first.start, end: operands.at(-1)?.end ?? first.end };
}

function readEquality(parser: Parser): Expression {
  return readComparisons(parser, ['==', '!='], () =>
    readComparisons(parser, ['<', '<=', '>', '>='], () => readNot(parser)),
  );
}

function readComparisons(
  parser: Parser,
  operators: readonly Comparison[],
  readOperand: () => Expression,
): Expression {
  let left = readOperand();
  for (let chain = 0; ; chain += 1) {
    const operator = operators.find((candidate) => take(parser, candidate));
    if (operator === undefined) return left;
    if (parser.depth + chain > maxExpressionDepth) throw tooDeep(parser);
    const right = readOperand();
    left = { kind: 'comparison', operator, left, right, start: left.start, end: right.end };
  }
}

function readNot(parser: Parser): Expression {
  const { start } = peek(parser);
  if (!take(parser, '!')) return readPostfix(parser);
  const of = deeper(parser, () => readNot(parser));
  return { kind: 'not', of, start, end: of.end };
}

function readPostfix(parser: Parser): Expression {
  const depth = parser.depth;
  let of = readPrimary(parser);
  while (isNext(parser, '.') || isNext(parser, '[')) {
    if (of.kind === 'literal') throw notHere(peek(parser));
    of = take(parser, '.') ? readProperty(parser, of) : readIndex(parser, of);
    deepen(parser);
  }
  parser.depth = depth;
  return of;
}

function readProperty(parser: Parser, of: Expression): Expression {
  const token = next(parser);
  const { start, end } = token;
  if (token.kind === 'name') {
    return {
      kind: 'index',
      of,
      index: { kind: 'literal', value: token.name, start, end },
      start: of.start,
      end,
    };
  }
  if (token.kind === 'symbol' && token.symbol === '*') return { kind: 'star', of, start: of.start, end };
  throw token.kind === 'end' ? missing(parser, 'a name is missing after the `.`') : notHere(token);
}

function readIndex(parser: Parser, of: Expression): Expression {
  next(parser);
  const star = take(parser, '*');
  const index = star ? null : readOr(parser);
  const { end } = expect(parser, ']', 'the closing `]` is missing');
  if (index === null) return { kind: 'star', of, start: of.start, end };
  return { kind: 'index', of, index, start: of.start, end };
}

function readPrimary(parser: Parser): Expression {
  const token = next(parser);
  const { start, end } = token;
  if (token.kind === 'literal') return { kind: 'literal', value: token.value, start, end };
  if (token.kind === 'name') {
    if (!take(parser, '(')) return { kind: 'context', name: token.name, start, end };
    const args = readArguments(parser);
    return { kind: 'call', name: token.name, args, start, end: previous(parser).end };
  }
  if (token.kind === 'symbol' && token.symbol === '(') {
    const inner = readOr(parser);
    const close = expect(parser, ')', 'the closing `)` is missing');
    return { ...inner, start, end: close.end };
  }
  throw token.kind === 'end'
    ? missing(parser, 'the expression ends too early: a value is missing')
    : notHere(token);
}

function readArguments(parser: Parser): Expression[] {
  const args: Expression[] = [];
  while (!take(parser, ')')) {
    if (args.length > 0) expect(parser, ',', 'a `,` or the closing `)` is missing');
    args.push(readOr(parser));
  }
  return args;
}

function deeper(parser: Parser, read: () => Expression): Expression {
  const depth = parser.depth;
  deepen(parser);
  const expression = read();
  parser.depth = depth;
  return expression;
}

function deepen(parser: Parser): void {
  parser.depth += 1;
  if (parser.depth > maxExpressionDepth) throw tooDeep(parser);
}

function tooDeep(parser: Parser): ExpressionError {
  const message = `the expression is nested more than ${maxExpressionDepth} levels deep; split it`;
  return new ExpressionError(message, peek(parser).start);
}

function expect(parser: Parser, symbol: Punctuation, whenMissing: string): Token {
  const token = peek(parser);
  if (take(parser, symbol)) return token;
  throw token.kind === 'end'
    ? missing(parser, whenMissing)
    : new ExpressionError(whenMissing, token.start, token.end - token.start);
}

function missing(parser: Parser, message: string): ExpressionError {
  const last = parser.tokens.at(-2);
  return new ExpressionError(message, last?.start ?? 0, last === undefined ? 1 : last.end - last.start);
}

function notHere(token: Token): ExpressionError {
  const written = token.kind === 'symbol' ? token.symbol : token.kind === 'name' ? token.name : 'this value';
  const shown = token.kind === 'literal' ? 'this value' : `\`${written}\``;
  return new ExpressionError(`${shown} does not belong here`, token.start, token.end - token.start);
}

const peek = (parser: Parser): Token => tokenAt(parser, parser.at);
const previous = (parser: Parser): Token => tokenAt(parser, parser.at - 1);

function next(parser: Parser): Token {
  const token = peek(parser);
  if (token.kind !== 'end') parser.at += 1;
  return token;
}

function isNext(parser: Parser, symbol: Punctuation): boolean {
  const token = peek(parser);
  return token.kind === 'symbol' && token.symbol === symbol;
}

function take(parser: Parser, symbol: Punctuation): boolean {
  const found = isNext(parser, symbol);
  if (found) parser.at += 1;
  return found;
}

function tokenAt(parser: Parser, index: number): Token {
  const token = parser.tokens[index];
  if (token === undefined) throw new ExpressionError('the expression ends too early', 0);
  return token;
}
