import { hasExpression } from '../expressions/index.ts';
import { entriesOf, type Strategy, type YamlNode } from '../language/index.ts';
import { any, closed, type Shape } from './shape.ts';

/** What `matrix` has in a job: its axes and what `include` adds; anything when an expression makes it. */
export function matrixShape(strategy: Strategy | null): Shape {
  if (strategy?.expression) return any;
  const matrix = strategy?.matrix ?? null;
  if (matrix === null) return closed([], () => 'this job has no `matrix`');
  if (matrix.kind !== 'mapping') return any;
  const keys = matrix.entries.map(({ key }) => key.value);
  const included = matrix.entries.find(({ key }) => key.value === 'include')?.value ?? null;
  if (keys.some(hasExpression) || !areMappings(included)) return any;
  const axes = keys.filter((key) => key !== 'include' && key !== 'exclude');
  const added = (included?.kind === 'sequence' ? included.items : []).flatMap((item) =>
    entriesOf(item).map(({ key }) => key.value),
  );
  if (added.some(hasExpression)) return any;
  const names = [...axes, ...added].map((name): [string, Shape] => [name, any]);
  return closed(names, (name) => `the matrix has no \`${name}\``);
}

function areMappings(node: YamlNode | null): boolean {
  if (node === null) return true;
  return node.kind === 'sequence' && node.items.every((item) => item.kind === 'mapping');
}
