/** What the groups of a pattern stand for. */
export const patternGroups = ['file', 'fromPath', 'line', 'column', 'severity', 'code', 'message'] as const;

type Found = Partial<Record<(typeof patternGroups)[number], string>>;

/** One line of a problem: an expression, and which of its groups says what. */
export type Pattern = Partial<Record<(typeof patternGroups)[number], number>> & {
  readonly regexp: RegExp;
  /** Only of the last of several: it may match again and again. */
  readonly loop: boolean;
};

/** A problem that was found in the output, as its text says it. */
export interface Problem {
  readonly owner: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string | null;
  readonly fromPath: string | null;
  readonly line: string | null;
  readonly column: string | null;
  readonly code: string | null;
}

/** Looks at lines for one kind of problem, which may span several. Patterns are tried as actions/runner does. */
export class ProblemMatcher {
  readonly owner: string;
  readonly #severity: string;
  readonly #patterns: readonly Pattern[];
  /** What the patterns before each have found so far. */
  #running: (Found | undefined)[] = [];

  constructor(owner: string, severity: string, patterns: readonly Pattern[]) {
    this.owner = owner;
    this.#severity = severity;
    this.#patterns = patterns;
  }

  get expressions(): readonly RegExp[] {
    return this.#patterns.map(({ regexp }) => regexp);
  }

  reset(): void {
    this.#running = [];
  }

  /** Takes what its expressions find in the next line; answers the problem that it completes, if any. */
  match(find: (expression: RegExp) => RegExpExecArray | null): Problem | null {
    // The last first: a line belongs to the furthest pattern that waits for one.
    for (let index = this.#patterns.length - 1; index >= 0; index -= 1) {
      const pattern = this.#patterns[index];
      const before = index === 0 ? {} : this.#running[index - 1];
      if (before === undefined || pattern === undefined) continue;
      const groups = find(pattern.regexp);
      const found = groups === null ? undefined : add(before, pattern, groups);
      if (index < this.#patterns.length - 1) this.#running[index] = found;
      else if (found !== undefined) return this.#complete(found, pattern, before);
      else if (index > 0) this.#running[index - 1] = undefined;
    }
    return null;
  }

  #complete(found: Found, pattern: Pattern, before: Found): Problem {
    const last = this.#patterns.length - 1;
    this.reset();
    if (pattern.loop) this.#running[last - 1] = before;
    return this.#problem(found);
  }

  #problem({ severity = '', message = '', ...found }: Found): Problem {
    const { file = null, fromPath = null, line = null, column = null, code = null } = found;
    return {
      owner: this.owner,
      severity: severity || this.#severity || 'error',
      message,
      file,
      fromPath,
      line,
      column,
      code,
    };
  }
}

function add(before: Found, pattern: Pattern, groups: RegExpExecArray): Found {
  const found: Found = { ...before };
  for (const key of patternGroups) {
    const index = pattern[key];
    const text = index === undefined ? undefined : groups[index]?.trim();
    if (text) found[key] = text;
  }
  return found;
}
