import type { FoundExpressions, Report } from '../language/index.ts';
import { placeOf } from '../language/index.ts';
import { isObject } from './isObject.ts';

/** Types of the schema whose value is text whatever an expression yields. */
const textTypes = new Set([
  'string-steps-context',
  'string-runner-context',
  'run-name',
  'step-name',
  'string',
]);

/** `${{ github.event }}` in a text is the word `Object`. */
export function checkObjectsAsText({ expressions, lines }: FoundExpressions): Report[] {
  return expressions.flatMap((found) => {
    const { expression, site, source } = found;
    if (!textTypes.has(site.type) || site.isKey) return [];
    if (!isObject(expression)) return [];
    const message = `this is an object, and becomes the word \`Object\`; write \`toJSON(${source.trim()})\` for its text`;
    return [{ rule: 'object-as-text', message, at: placeOf(lines, found, expression) }];
  });
}
