import { hasExpression } from '../expressions/index.ts';
import type { FoundExpressions, Report } from '../language/index.ts';

/** `if: ${{ a }} && b` is a text that is never empty: always true. */
export function checkConditions({ expressions }: Pick<FoundExpressions, 'expressions'>): Report[] {
  return expressions.flatMap(({ site, isWhole }) => {
    if (!site.isCondition || isWhole || !hasExpression(site.text.value)) return [];
    const message =
      'this condition is a text, and so always true: put all of it into one `${{ }}`, or leave them out';
    return [{ rule: 'condition-text', message, at: site.text.at }];
  });
}
