/** `${{ 'x' }}` may stand anywhere: so one writes what looks like an expression. */
export function literalOf(text: string): string | null {
  const [, quoted] = /^\$\{\{\s*'((?:[^']|'')*)'\s*\}\}$/.exec(text) ?? [];
  return quoted?.replaceAll("''", "'") ?? null;
}
