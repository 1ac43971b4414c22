/** Bits of the block hash: 64 Ki entries of one byte stay in the cache of any machine. */
const hashBits = 16;
/** How many bytes one look at the text judges. Forms are at least 4 bytes long, so a block always fits. */
const blockBytes = 3;
/** A longer window gains little speed and fills the table with more blocks. */
const longestWindow = 16;

/** Finds where any of many byte strings occur, and where one may be about to. */
export interface FormScanner {
  /** Searches for these too from now on. */
  add(forms: readonly Buffer[]): void;
  /** The first start at or after `from` of a form that lies wholly in `text`, or -1. */
  next(text: Buffer, from: number): number;
  /** Length of the longest form that starts at `at` and lies wholly in `text`, 0 if none does. */
  longestAt(text: Buffer, at: number): number;
  /** The first position from which the rest of `text` is a proper prefix of a form, or `text.length`. */
  pendingFrom(text: Buffer): number;
}

/**
 * Searches for all forms in one pass (S. Wu and U. Manber, "A Fast Algorithm for Multi-Pattern Searching",
 * 1994): a window as long as the shortest form slides over the text, and a table says by the last three bytes
 * in the window how far it may jump. Cost hardly depends on how many forms there are.
 *
 * Every form must be at least 4 bytes long.
 */
export function createFormScanner(initial: readonly Buffer[]): FormScanner {
  const forms: Buffer[] = [];
  const beginnings = new Beginnings();
  let jumps: Uint8Array = new Uint8Array(0);
  let window = 0;
  let longest = 0;

  function add(more: readonly Buffer[]): void {
    if (more.length === 0) return;
    forms.push(...more);
    longest = Math.max(longest, ...more.map((form) => form.length));
    for (const form of more) beginnings.add(form);
    const shortest = Math.min(longestWindow, ...more.map((form) => form.length));
    if (window !== 0 && shortest >= window) {
      limitJumps(jumps, more, window);
      return;
    }
    window = shortest;
    jumps = new Uint8Array(1 << hashBits).fill(window - blockBytes + 1);
    limitJumps(jumps, forms, window);
  }

  function next(text: Buffer, from: number): number {
    if (window === 0) return -1;
    const last = text.length - 1;
    let end = from + window - 1;
    while (end <= last) {
      const jump = jumps[
        hash(text[end - 2] as number, text[end - 1] as number, text[end] as number)
      ] as number;
      if (jump !== 0) {
        end += jump;
        continue;
      }
      const start = end - window + 1;
      if (longestAt(text, start) > 0) return start;
      end += 1;
    }
    return -1;
  }

  function longestAt(text: Buffer, at: number): number {
    for (const form of beginnings.formsAt(text, at)) {
      if (form.length <= text.length - at && agree(text, at, form, form.length)) return form.length;
    }
    return 0;
  }

  function pendingFrom(text: Buffer): number {
    for (let at = Math.max(0, text.length - longest + 1); at < text.length; at += 1) {
      const rest = text.length - at;
      if (rest < blockBytes ? beginnings.hasShort(text, at) : isPrefix(text, at, rest)) return at;
    }
    return text.length;
  }

  function isPrefix(text: Buffer, at: number, rest: number): boolean {
    for (const form of beginnings.formsAt(text, at)) {
      if (form.length <= rest) return false;
      if (agree(text, at, form, rest)) return true;
    }
    return false;
  }

  add(initial);
  return { add, next, longestAt, pendingFrom };
}

function limitJumps(jumps: Uint8Array, forms: readonly Buffer[], window: number): void {
  for (const form of forms) {
    for (let end = blockBytes - 1; end < window; end += 1) {
      const key = hash(form[end - 2] as number, form[end - 1] as number, form[end] as number);
      jumps[key] = Math.min(jumps[key] as number, window - 1 - end);
    }
  }
}

function hash(a: number, b: number, c: number): number {
  return ((a << 10) ^ (b << 5) ^ c) & ((1 << hashBits) - 1);
}

const none: readonly Buffer[] = [];

/** Forms by their first bytes. */
class Beginnings {
  /** By the first three bytes, the longest first, so that the first agreement is the longest. */
  readonly #byThree = new Map<number, Buffer[]>();
  readonly #ones = new Uint8Array(1 << 8);
  readonly #twos = new Uint8Array(1 << 16);

  add(form: Buffer): void {
    const [a = 0, b = 0] = form;
    this.#ones[a] = 1;
    this.#twos[(a << 8) | b] = 1;
    const key = threeAt(form, 0);
    const known = this.#byThree.get(key);
    if (known === undefined) {
      this.#byThree.set(key, [form]);
      return;
    }
    const place = known.findIndex((other) => other.length <= form.length);
    known.splice(place === -1 ? known.length : place, 0, form);
  }

  /** Those that begin with the three bytes there; the text must have them. */
  formsAt(text: Buffer, at: number): readonly Buffer[] {
    return this.#byThree.get(threeAt(text, at)) ?? none;
  }

  /** Whether a form begins with the one or two bytes that are left of the text. */
  hasShort(text: Buffer, at: number): boolean {
    const first = text[at] as number;
    if (text.length - at === 1) return this.#ones[first] === 1;
    return this.#twos[(first << 8) | (text[at + 1] as number)] === 1;
  }
}

function threeAt(bytes: Buffer, at: number): number {
  return ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
}

function agree(text: Buffer, at: number, form: Buffer, length: number): boolean {
  for (let i = blockBytes; i < length; i += 1) if (text[at + i] !== form[i]) return false;
  return true;
}
