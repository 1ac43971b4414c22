/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** From the first character to the one behind the last. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A value, and where it is written. */
export interface Located<T> {
  readonly value: T;
  readonly at: Range;
}

/** Text as it is written, in which `${{ }}` may stand. */
export type Template = Located<string>;

/** YAML as it is written: what a `with:`, a matrix or a `runs-on:` may be before it is evaluated. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly at: Range }
  | { readonly kind: 'sequence'; readonly items: readonly YamlNode[]; readonly at: Range }
  | { readonly kind: 'mapping'; readonly entries: readonly YamlEntry[]; readonly at: Range };

export interface YamlEntry {
  readonly key: Located<string>;
  readonly value: YamlNode;
}

/** What is wrong in a file. An error keeps the file from running; a warning does not. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Which rule found it, in kebab-case: `syntax`, `unknown-key`, `expression`, `needs-cycle`. */
  readonly rule: string;
  /** What is wrong and what to do about it, in one sentence without a full stop. */
  readonly message: string;
  /** As it was named by who asked, or relative to the repository. */
  readonly file: string;
  readonly at: Range;
}
