import type { App } from '../../../contract/apps.ts';

/**
 * The environments of all apps as columns, in an order that no app contradicts where there is one: each app lists its
 * own from first to last.
 */
export function environmentColumns(apps: readonly Pick<App, 'environments'>[]): string[] {
  const lists = apps.map((app) => app.environments.map(({ name }) => name));
  const left = new Set(lists.flat());
  const columns: string[] = [];
  while (left.size > 0) {
    const next = [...left].find((name) => !isPreceded(name, lists, left)) ?? [...left][0];
    if (next === undefined) break;
    columns.push(next);
    left.delete(next);
  }
  return columns;
}

/** Whether an app has another of those that are left before it. */
const isPreceded = (name: string, lists: readonly string[][], left: ReadonlySet<string>): boolean =>
  lists.some((list) => {
    const position = list.indexOf(name);
    return position > 0 && list.slice(0, position).some((before) => left.has(before));
  });
