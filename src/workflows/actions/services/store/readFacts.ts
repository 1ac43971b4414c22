/** What a file says, if it is an object with these texts and numbers; else null. */
export function readFacts<Text extends string, Number extends string>(
  value: unknown,
  { texts, numbers }: { readonly texts: readonly Text[]; readonly numbers: readonly Number[] },
): (Record<Text, string> & Record<Number, number>) | null {
  if (typeof value !== 'object' || value === null) return null;
  const facts = value as Record<string, unknown>;
  const isWhole =
    texts.every((name) => typeof facts[name] === 'string') &&
    numbers.every((name) => typeof facts[name] === 'number');
  return isWhole ? (facts as Record<Text, string> & Record<Number, number>) : null;
}
