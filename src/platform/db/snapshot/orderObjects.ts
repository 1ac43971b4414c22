import { AppError } from '../../errors.ts';
import { type CatalogObject, type Dependency, labelOf } from '../catalog/index.ts';

/**
 * Puts objects in an order in which each comes after what it needs, and otherwise leaves them as they are: the next
 * is always the first that needs nothing more (Kahn's algorithm). Throws `conflict` when some need each other.
 */
export function orderObjects(objects: CatalogObject[], dependencies: Dependency[]): CatalogObject[] {
  const ordered: CatalogObject[] = [];
  const waiting = new Map(objects.map((object) => [labelOf(object), object]));
  while (waiting.size > 0) {
    const blocked = new Set(
      dependencies.filter(({ needed }) => waiting.has(needed)).map(({ dependent }) => dependent),
    );
    const next = [...waiting].find(([label]) => !blocked.has(label));
    if (next === undefined) throw entangled([...waiting.keys()]);
    waiting.delete(next[0]);
    ordered.push(next[1]);
  }
  return ordered;
}

function entangled(labels: string[]): AppError {
  const message = `${labels.join(', ')} need each other, so that no order of statements makes them. Cut the circle in a migration`;
  return new AppError('conflict', message);
}
