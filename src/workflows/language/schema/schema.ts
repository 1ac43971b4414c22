/** A definition as the schema's file has it. */
export interface RawDefinition {
  readonly context?: readonly string[];
  readonly string?: { readonly constant?: string; readonly 'require-non-empty'?: boolean };
  readonly boolean?: object;
  readonly number?: object;
  readonly null?: object;
  readonly 'allowed-values'?: readonly string[];
  readonly sequence?: { readonly 'item-type'?: string };
  readonly mapping?: {
    readonly properties?: Readonly<
      Record<string, string | { readonly type: string; readonly required?: boolean }>
    >;
    readonly 'loose-key-type'?: string;
    readonly 'loose-value-type'?: string;
  };
  readonly 'one-of'?: readonly string[];
}

/** The definitions by name, with their alternatives laid open. */
export interface Schema {
  type(name: string): Type;
}

/** What may stand at a place. */
export interface Type {
  readonly name: string;
  /** What expressions may use here; null: as around it. */
  readonly allowed: Allowed | null;
  readonly any: boolean;
  readonly null: boolean;
  readonly boolean: boolean;
  readonly number: boolean;
  /** `values`: the only texts; null: any. */
  readonly text: { readonly values: readonly string[] | null; readonly mayBeEmpty: boolean } | null;
  /** The type of its items. */
  readonly sequence: string | null;
  readonly mappings: readonly MappingType[];
}

export interface MappingType {
  readonly name: string;
  readonly properties: ReadonlyMap<string, { readonly type: string; readonly required: boolean }>;
  /** The names of those that must be there. */
  readonly required: readonly string[];
  /** Of the keys that have no name in the schema; null when there may be none. */
  readonly looseKeys: string | null;
  readonly looseValues: string;
}

/** The contexts and functions that an expression may use; functions with how many arguments they take. */
export interface Allowed {
  readonly contexts: readonly string[];
  readonly functions: ReadonlyMap<
    string,
    { readonly name: string; readonly min: number; readonly max: number }
  >;
}

export const nothingAllowed: Allowed = { contexts: [], functions: new Map() };

/** Makes the definitions ready for looking up. */
export function readSchema(definitions: Readonly<Record<string, RawDefinition>>): Schema {
  const types = new Map<string, Type>();
  return {
    type(name) {
      const known = types.get(name);
      if (known !== undefined) return known;
      const type = readType(definitions, name);
      types.set(name, type);
      return type;
    },
  };
}

function readType(definitions: Readonly<Record<string, RawDefinition>>, name: string): Type {
  const parts = alternatives(definitions, name);
  const has = (kind: keyof RawDefinition & string) =>
    parts.some((part) => part.name === kind || part.definition[kind] !== undefined);
  const sequence = parts.find(({ name, definition }) => name === 'sequence' || definition.sequence);
  return {
    name,
    allowed: readAllowed(definitions[name]?.context ?? []),
    any: parts.some((part) => part.name === 'any'),
    null: has('null'),
    boolean: has('boolean'),
    number: has('number'),
    text: readText(parts),
    sequence: sequence === undefined ? null : (sequence.definition.sequence?.['item-type'] ?? 'any'),
    mappings: parts.flatMap(readMapping),
  };
}

interface Part {
  readonly name: string;
  readonly definition: RawDefinition;
}

function alternatives(definitions: Readonly<Record<string, RawDefinition>>, name: string): Part[] {
  const definition = definitions[name] ?? {};
  const inner = definition['one-of'];
  return inner === undefined
    ? [{ name, definition }]
    : inner.flatMap((each) => alternatives(definitions, each));
}

function readText(parts: readonly Part[]): Type['text'] {
  const texts = parts.filter(
    ({ name, definition }) => name === 'string' || definition.string || definition['allowed-values'],
  );
  if (texts.length === 0) return null;
  const values = texts.map(({ definition }) => definition['allowed-values'] ?? constants(definition));
  return {
    values: values.some((each) => each === null) ? null : values.flatMap((each) => each ?? []),
    mayBeEmpty: texts.some(({ definition }) => !definition.string?.['require-non-empty']),
  };
}

function constants({ string }: RawDefinition): readonly string[] | null {
  return string?.constant === undefined ? null : [string.constant];
}

function readMapping({ name, definition }: Part): MappingType[] {
  if (name === 'mapping')
    return [{ name, properties: new Map(), required: [], looseKeys: 'string', looseValues: 'any' }];
  if (definition.mapping === undefined) return [];
  const {
    properties = {},
    'loose-key-type': looseKeys = null,
    'loose-value-type': looseValues = 'any',
  } = definition.mapping;
  const named = Object.entries(properties).map(([key, property]) => {
    const { type, required = false } = typeof property === 'string' ? { type: property } : property;
    return [key, { type, required }] as const;
  });
  const required = named.flatMap(([key, property]) => (property.required ? [key] : []));
  return [{ name, properties: new Map(named), required, looseKeys, looseValues }];
}

const call = /^(\w+)\((\d+),(\d+|MAX)\)$/;

function readAllowed(names: readonly string[]): Allowed | null {
  if (names.length === 0) return null;
  const contexts: string[] = [];
  const functions = new Map<string, { name: string; min: number; max: number }>();
  for (const each of names) {
    const [, name, min, max] = call.exec(each) ?? [];
    if (name === undefined) contexts.push(each.toLowerCase());
    else
      functions.set(name.toLowerCase(), { name, min: Number(min), max: max === 'MAX' ? 255 : Number(max) });
  }
  return { contexts, functions };
}
