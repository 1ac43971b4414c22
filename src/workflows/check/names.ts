import { nearest, suggestion } from '../../platform/text/nearest.ts';
import { childrenOf, type Expression } from '../expressions/index.ts';
import { type FoundExpressions, placeOf, type Report } from '../language/index.ts';
import type { Scope, Scopes } from './scopes.ts';
import { any, type ObjectShape, type Shape } from './shape.ts';

/** Names in expressions that stand for nothing: `needs.x`, `steps.x`, `matrix.x`, `inputs.x`. */
export function checkNames({ expressions, lines }: FoundExpressions, scopes: Scopes): Report[] {
  return expressions.flatMap((found) => {
    const reports: Report[] = [];
    const report = (rule: string, message: string, part: Expression) =>
      reports.push({ rule, message, at: placeOf(lines, found, part) });
    visit(found.expression, scopes(found), report);
    return reports;
  });
}

type ReportPart = (rule: string, message: string, part: Expression) => void;

function visit(expression: Expression, scope: Scope, report: ReportPart): void {
  if (expression.kind === 'index') {
    shapeOf(expression, scope, report);
    return;
  }
  for (const child of childrenOf(expression)) visit(child, scope, report);
}

/** What an access yields; says what is wrong on the way. */
export function shapeOf(expression: Expression, scope: Scope, report: ReportPart): Shape {
  if (expression.kind === 'context') return scope[expression.name.toLowerCase()] ?? any;
  if (expression.kind !== 'index') {
    for (const child of childrenOf(expression)) visit(child, scope, report);
    return any;
  }
  const of = shapeOf(expression.of, scope, report);
  const { index } = expression;
  if (index.kind !== 'literal' || typeof index.value !== 'string') {
    visit(index, scope, report);
    return any;
  }
  if (of.kind === 'any') return any;
  const known = of.properties.get(index.value.toLowerCase());
  if (known !== undefined) return known.shape;
  reportUnknown(of, index.value, index, report);
  return of.others ?? any;
}

function reportUnknown(shape: ObjectShape, name: string, part: Expression, report: ReportPart): void {
  if (shape.whenUnknown === null) return;
  const names = Array.from(shape.properties.values(), (property) => property.name);
  const message = shape.whenUnknown(name);
  if (!shape.isLoose) report('name', `${message}${suggestion(name, names)}`, part);
  else if (nearest(name, names) !== null) report('property', `${message}${suggestion(name, names)}`, part);
}
