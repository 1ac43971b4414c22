import type { Expression } from './parser.ts';
import { parseCached, splitTemplate } from './template.ts';

/** Every expression in an expression, the outer ones first. */
export function* walk(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of childrenOf(expression)) yield* walk(child);
}

/** The expressions that an expression is directly made of. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'context':
      return [];
    case 'index':
      return [expression.of, expression.index];
    case 'star':
    case 'not':
      return [expression.of];
    case 'call':
      return expression.args;
    case 'comparison':
      return [expression.left, expression.right];
    case 'logical':
      return expression.operands;
  }
}

/** What an expression reads from outside: `github.ref`, `hashFiles('x')`; the largest such parts. */
export function* parts(expression: Expression): Generator<Expression> {
  const isStatus = expression.kind === 'call' && expression.args.length === 0;
  if (['context', 'index', 'star'].includes(expression.kind) || isStatus) yield expression;
  else for (const child of childrenOf(expression)) yield* parts(child);
}

/** The functions that are called, as they are written. */
export function callsIn(expression: Expression): string[] {
  return Array.from(walk(expression)).flatMap((inner) => (inner.kind === 'call' ? [inner.name] : []));
}

/** The contexts that a template reads, in lower case. Throws `ExpressionError`. */
export function contextsIn(text: string): Set<string> {
  return namesIn(text, (inner) => (inner.kind === 'context' ? inner.name : null));
}

/** The functions that a template calls, in lower case. Throws `ExpressionError`. */
export function functionsIn(text: string): Set<string> {
  return namesIn(text, (inner) => (inner.kind === 'call' ? inner.name : null));
}

function namesIn(text: string, nameOf: (expression: Expression) => string | null): Set<string> {
  const names = new Set<string>();
  for (const piece of splitTemplate(text)) {
    if (piece.kind === 'text') continue;
    for (const inner of walk(parseCached(piece.source, piece.start))) {
      const name = nameOf(inner);
      if (name !== null) names.add(name.toLowerCase());
    }
  }
  return names;
}
