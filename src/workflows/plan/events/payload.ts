import { toText, type Value } from '../../expressions/index.ts';

/** A webhook's body, as GitHub sends it. */
export type Payload = Readonly<Record<string, Value>>;

/** The value at a path, or null: `pull_request`, `head`, `ref`. */
export function dig(value: Value, ...path: readonly string[]): Value {
  return path.reduce<Value>((inner, name) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return null;
    return (inner as Payload)[name] ?? null;
  }, value);
}

/** The text at a path, or the empty text. */
export function digText(value: Value, ...path: readonly string[]): string {
  const found = dig(value, ...path);
  return found !== null && typeof found === 'object' ? '' : toText(found);
}
