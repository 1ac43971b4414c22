/** What is known of a value before anything runs: enough to tell names that are not there. */
export type Shape =
  /** Nothing is known. */
  { readonly kind: 'any' } | ObjectShape;

export interface ObjectShape {
  readonly kind: 'object';
  /** By name in lower case. */
  readonly properties: ReadonlyMap<string, { readonly name: string; readonly shape: Shape }>;
  /** Why a name that is not among them is wrong: the beginning of a message. Null: others may be there too. */
  readonly whenUnknown: ((name: string) => string) | null;
  /** Only a name that looks misspelt is told, as a warning. */
  readonly isLoose?: boolean;
  /** What any other property is. */
  readonly others?: Shape;
}

export const any: Shape = { kind: 'any' };

/** An object whose properties are all known. */
export function closed(
  properties: Iterable<readonly [string, Shape]>,
  whenUnknown: (name: string) => string,
): ObjectShape {
  return { kind: 'object', properties: byName(properties), whenUnknown };
}

/** A text: whatever is looked up in it is nothing. */
export const text: Shape = closed(
  [],
  (name) => `this is a text, and has no \`${name}\`: \`fromJSON\` makes an object of it`,
);

/** An object of texts with any names. */
export const texts: ObjectShape = { kind: 'object', properties: new Map(), whenUnknown: null, others: text };

/** An object that has these properties, and maybe others: what is near to one of them is told. */
export function loose(names: readonly string[], what: string): ObjectShape {
  const whenUnknown = (name: string) => `\`${what}\` has no \`${name}\``;
  return { kind: 'object', properties: byName(names.map((name) => [name, any])), whenUnknown, isLoose: true };
}

function byName(properties: Iterable<readonly [string, Shape]>): ObjectShape['properties'] {
  const map = new Map<string, { name: string; shape: Shape }>();
  for (const [name, shape] of properties) map.set(name.toLowerCase(), { name, shape });
  return map;
}
