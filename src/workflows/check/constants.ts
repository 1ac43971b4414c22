import { childrenOf, type Expression, ExpressionError, evaluateTemplate } from '../expressions/index.ts';
import { type FoundExpressions, placeOf, type Report } from '../language/index.ts';

/** Calls that fail whatever happens: `fromJSON('{')`, `format('{1}', x)`. */
export function checkConstants({ expressions, lines }: FoundExpressions): Report[] {
  return expressions.flatMap((found) =>
    callsIn(found.expression).flatMap((call) => {
      const problem = failure(call);
      return problem === null
        ? []
        : [{ rule: 'expression', message: problem, at: placeOf(lines, found, call) }];
    }),
  );
}

type Call = Extract<Expression, { kind: 'call' }>;

function callsIn(expression: Expression): Call[] {
  const inner = childrenOf(expression).flatMap(callsIn);
  return expression.kind === 'call' ? [expression, ...inner] : inner;
}

function failure({ name, args }: Call): string | null {
  const [first] = args;
  if (first?.kind !== 'literal' || typeof first.value !== 'string') return null;
  const folded = name.toLowerCase();
  if (folded !== 'format' && !(folded === 'fromjson' && args.length === 1)) return null;
  const literal = `'${first.value.replaceAll("'", "''")}'`;
  const values = args.slice(1).map(() => ", ''");
  try {
    evaluateTemplate(`\${{ ${name}(${literal}${values.join('')}) }}`, {});
    return null;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}
