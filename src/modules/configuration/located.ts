/** A key of a mapping or an index of a list. */
export type Place = string | number;

/** A value of the file together with where it stands; offsets count UTF-16 units from its start. */
export interface Located {
  parent: Located | null;
  place: Place | null;
  /** Of the value. */
  offset: number;
  /** Of its key or, in a list, of the item. */
  keyOffset: number;
  value: unknown;
  /** Of a scalar, as it was written (`023` is not 23), and empty when nothing stands there; null for anything else. */
  text: string | null;
  /** Of a mapping by key, of a list by index, in the order of the file; empty for anything else. */
  children: ReadonlyMap<Place, Located>;
  /** Of a mapping: what stands under keys that it has already. */
  repeated: readonly Located[];
}

/** What stands at the path, if anything does. */
export function childAt(from: Located | undefined, ...path: readonly PropertyKey[]): Located | undefined {
  let found = from;
  for (const place of path) found = typeof place === 'symbol' ? undefined : found?.children.get(place);
  return found;
}

/** The entries of a mapping by key, in the order of the file; none for anything else. */
export function entriesOf(located: Located | undefined): Array<[string, Located]> {
  return [...(located?.children ?? [])].flatMap(([key, child]) =>
    typeof key === 'string' ? [[key, child]] : [],
  );
}

/** The items of a list; none for anything else. */
export function itemsOf(located: Located | undefined): Located[] {
  return Array.isArray(located?.value) ? [...located.children.values()] : [];
}

/** Its text, if it is a text. */
export function textOf(located: Located | undefined): string | undefined {
  return typeof located?.value === 'string' ? located.value : undefined;
}

/** The path of a value from the top of the file. */
export function pathOf(located: Located): Place[] {
  const path: Place[] = [];
  for (let step: Located | null = located; step !== null; step = step.parent) {
    if (step.place !== null) path.unshift(step.place);
  }
  return path;
}
