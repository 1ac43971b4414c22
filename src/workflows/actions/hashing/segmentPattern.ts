/** What a name is made of: `any` number of characters, or one that this takes. */
export type SegmentPattern = readonly ('any' | ((character: string) => boolean))[];

/**
 * Whether a pattern matches all of a name. Where it fails it goes back to the last `any` only, which then takes one
 * character more: many of them take no longer than the length of the pattern times that of the name.
 */
export function matchesSegment(pattern: SegmentPattern, name: string): boolean {
  const characters = [...name];
  let at = 0;
  let place = 0;
  let again: { place: number; at: number } | null = null;
  while (at < characters.length) {
    const part = pattern[place];
    if (part === 'any') {
      again = { place, at };
      place += 1;
    } else if (part?.(characters[at] ?? '')) {
      place += 1;
      at += 1;
    } else if (again === null) return false;
    else {
      again.at += 1;
      at = again.at;
      place = again.place + 1;
    }
  }
  return pattern.slice(place).every((part) => part === 'any');
}
