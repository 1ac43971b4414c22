import { contextNames } from '../expressions/index.ts';
import type { FoundExpression, Lines, Report } from '../language/index.ts';
import { placeOf } from '../language/index.ts';

/** Types of the schema whose value is text whatever an expression yields. */
const textTypes = new Set([
  'string-steps-context',
  'string-runner-context',
  'run-name',
  'step-name',
  'string',
]);
/** Every context is one. */
const objects: ReadonlySet<string> = new Set(contextNames);

/** `${{ github.event }}` in a text is the word `Object`. */
export function checkObjectsAsText({
  expressions,
  lines,
}: {
  readonly expressions: readonly FoundExpression[];
  readonly lines: Lines;
}): Report[] {
  return expressions.flatMap((found) => {
    const { expression, site, source } = found;
    if (!textTypes.has(site.type) || site.isKey) return [];
    const isObject =
      (expression.kind === 'context' && objects.has(expression.name.toLowerCase())) ||
      /^\s*(?:github\.event|steps\.[\w-]+\.outputs|needs\.[\w-]+\.outputs|steps\.[\w-]+|needs\.[\w-]+)\s*$/i.test(
        source,
      );
    if (!isObject) return [];
    const message = `this is an object, and becomes the word \`Object\`; write \`toJSON(${source.trim()})\` for its text`;
    return [{ rule: 'object-as-text', message, at: placeOf(lines, found, expression) }];
  });
}
