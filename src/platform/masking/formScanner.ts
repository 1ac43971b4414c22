/** Bits of the block hash: 64 Ki entries of one byte stay in the cache of any machine. */
const hashBits = 16;
/** How many bytes one look at the text judges. Forms are at least 4 bytes long, so a block always fits. */
const blockBytes = 3;
/** A longer window gains little speed and fills the table with more blocks. */
const longestWindow = 16;

/** Finds where any of many byte strings occur, and where one may be about to. */
export interface FormScanner {
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
export function createFormScanner(forms: Buffer[]): FormScanner {
  const window = Math.min(longestWindow, ...forms.map((form) => form.length));
  const jumps = jumpTable(forms, window);
  const byFirstByte = groupByFirstByte(forms);
  const longest = Math.max(...forms.map((form) => form.length));

  function next(text: Buffer, from: number): number {
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
    for (const form of byFirstByte[text[at] as number] ?? []) {
      if (form.length <= text.length - at && agree(text, at, form, form.length)) return form.length;
    }
    return 0;
  }

  function pendingFrom(text: Buffer): number {
    for (let at = Math.max(0, text.length - longest + 1); at < text.length; at += 1) {
      const rest = text.length - at;
      for (const form of byFirstByte[text[at] as number] ?? []) {
        if (form.length <= rest) break;
        if (agree(text, at, form, rest)) return at;
      }
    }
    return text.length;
  }

  return { next, longestAt, pendingFrom };
}

function jumpTable(forms: Buffer[], window: number): Uint8Array {
  const jumps = new Uint8Array(1 << hashBits).fill(window - blockBytes + 1);
  for (const form of forms) {
    for (let end = blockBytes - 1; end < window; end += 1) {
      const key = hash(form[end - 2] as number, form[end - 1] as number, form[end] as number);
      jumps[key] = Math.min(jumps[key] as number, window - 1 - end);
    }
  }
  return jumps;
}

function hash(a: number, b: number, c: number): number {
  return ((a << 10) ^ (b << 5) ^ c) & ((1 << hashBits) - 1);
}

/** Longest first, so that the first agreement is the longest. */
function groupByFirstByte(forms: Buffer[]): (Buffer[] | undefined)[] {
  const groups: (Buffer[] | undefined)[] = new Array(256).fill(undefined);
  for (const form of forms.toSorted((a, b) => b.length - a.length)) {
    const first = form[0] as number;
    groups[first] = [...(groups[first] ?? []), form];
  }
  return groups;
}

function agree(text: Buffer, at: number, form: Buffer, length: number): boolean {
  for (let i = 1; i < length; i += 1) if (text[at + i] !== form[i]) return false;
  return true;
}
