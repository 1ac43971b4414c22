/** What an expression works with and yields: JSON, by GitHub's rules of comparison and conversion. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** The contexts that stand in an expression, by name: `github`, `env`, `needs`. */
export type Contexts = Readonly<Record<string, Value>>;
