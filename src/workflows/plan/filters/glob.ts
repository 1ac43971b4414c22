/**
 * Whether a pattern of a filter matches all of a text, by the rules of
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 * All ways through the pattern are followed at once, so that it takes no longer than its length times the text's.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const places = compile(pattern);
  let reached = follow(places, [0]);
  for (const character of text) {
    reached = follow(
      places,
      [...reached].flatMap((index) => advance(places[index], index, character)),
    );
    if (reached.size === 0) return false;
  }
  return reached.has(places.length);
}

/** One place in a pattern. */
type Place =
  | {
      readonly kind: 'character';
      readonly takes: Takes;
      readonly optional: boolean;
      readonly repeated: boolean;
    }
  /** Goes on behind it, or behind the next place. */
  | { readonly kind: 'fork' }
  | { readonly kind: 'until-slash' };

type Takes = (character: string) => boolean;

const maxCompiled = 1000;
const compiled = new Map<string, readonly Place[]>();

function compile(pattern: string): readonly Place[] {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size >= maxCompiled) compiled.clear();
  const places = read([...pattern]);
  compiled.set(pattern, places);
  return places;
}

function read(pattern: readonly string[]): Place[] {
  const places: Place[] = [];
  let at = 0;
  while (at < pattern.length) {
    const atStart = at === 0 || pattern[at - 1] === '/';
    if (atStart && pattern.slice(at, at + 3).join('') === '**/') {
      places.push({ kind: 'fork' }, { kind: 'until-slash' });
      at += 3;
      continue;
    }
    const { takes, many, length } = readCharacter(pattern, at);
    at += length;
    const quantifier = pattern[at] === '?' || pattern[at] === '+' ? pattern[at] : null;
    if (quantifier !== null) at += 1;
    places.push({
      kind: 'character',
      takes,
      optional: many || quantifier === '?',
      repeated: many || quantifier === '+',
    });
  }
  return places;
}

interface ReadCharacter {
  readonly takes: Takes;
  /** Any number of them, also none. */
  readonly many: boolean;
  readonly length: number;
}

function readCharacter(pattern: readonly string[], at: number): ReadCharacter {
  const [first = '', second] = pattern.slice(at, at + 2);
  if (first === '*' && second === '*') return { takes: () => true, many: true, length: 2 };
  if (first === '*') return { takes: (character) => character !== '/', many: true, length: 1 };
  const end = first === '[' ? pattern.indexOf(']', at + 2) : -1;
  if (end !== -1) return { takes: setOf(pattern.slice(at + 1, end)), many: false, length: end - at + 1 };
  const escaped = first === '\\' && second !== undefined;
  const literal = escaped ? second : first;
  return { takes: (character) => character === literal, many: false, length: escaped ? 2 : 1 };
}

/** `a-z0-9_`: ranges and single characters. */
function setOf(written: readonly string[]): Takes {
  const ranges: (readonly [from: string, to: string])[] = [];
  for (let at = 0; at < written.length; at += 1) {
    const from = written[at] ?? '';
    const to = written[at + 1] === '-' ? written[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return (character) => ranges.some(([from, to]) => from <= character && character <= to);
}

/** What is reached, with what is reached from there without a character. */
function follow(places: readonly Place[], reached: readonly number[]): Set<number> {
  const all = new Set(reached);
  for (const index of all) {
    const place = places[index];
    if (place?.kind === 'fork') all.add(index + 1).add(index + 2);
    if (place?.kind === 'character' && place.optional) all.add(index + 1);
  }
  return all;
}

function advance(place: Place | undefined, index: number, character: string): number[] {
  if (place?.kind === 'until-slash') return character === '/' ? [index, index + 1] : [index];
  if (place?.kind !== 'character' || !place.takes(character)) return [];
  return place.repeated ? [index, index + 1] : [index + 1];
}
