import { childrenOf, type Expression } from '../expressions/index.ts';
import { type FoundExpressions, placeOf, type Report } from '../language/index.ts';
import { isObject } from './isObject.ts';

/** `github.event == 'push'`: an object is equal to no text, number or boolean. */
export function checkComparisons({ expressions, lines }: FoundExpressions): Report[] {
  return expressions.flatMap((found) =>
    objectsCompared(found.expression).map((part) => ({
      rule: 'comparison',
      message: `this is an object, and equal to no text or number${isEvent(part) ? '; the name of the event is `github.event_name`' : ''}`,
      at: placeOf(lines, found, part),
    })),
  );
}

function objectsCompared(expression: Expression): Expression[] {
  const inner = childrenOf(expression).flatMap(objectsCompared);
  if (expression.kind !== 'comparison') return inner;
  const { left, right } = expression;
  const isValue = (part: Expression) => part.kind === 'literal' && part.value !== null;
  return [
    ...(isObject(left) && isValue(right) ? [left] : []),
    ...(isObject(right) && isValue(left) ? [right] : []),
    ...inner,
  ];
}

const isEvent = (part: Expression): boolean =>
  part.kind === 'index' && part.of.kind === 'context' && part.of.name.toLowerCase() === 'github';
