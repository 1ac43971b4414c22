import { z } from 'zod';

const group = z.number().int().min(0).optional();
const patternSchema = z.object({
  regexp: z.string(),
  file: group,
  fromPath: group,
  line: group,
  column: group,
  severity: group,
  code: group,
  message: group,
  loop: z.boolean().optional(),
});
const fileSchema = z.object({
  problemMatcher: z.array(
    z.object({
      owner: z.string().min(1),
      severity: z.string().optional(),
      pattern: z.union([patternSchema.transform((pattern) => [pattern]), z.array(patternSchema).min(1)]),
    }),
  ),
});

type Pattern = Omit<z.infer<typeof patternSchema>, 'regexp'> & { regexp: RegExp };
type Found = Partial<
  Record<'file' | 'fromPath' | 'line' | 'column' | 'severity' | 'code' | 'message', string>
>;

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

/** Reads a file of problem matchers. Throws `Error` that says what is wrong in it. */
export function readMatchers(text: string): ProblemMatcher[] {
  const { problemMatcher } = fileSchema.parse(JSON.parse(text));
  return problemMatcher.map(({ owner, severity, pattern }) => {
    const patterns = pattern.map((each) => ({ ...each, regexp: new RegExp(each.regexp) }));
    patterns.forEach((each, index) => {
      if (each.loop && (index === 0 || index < patterns.length - 1))
        throw new Error(`only the last of several patterns of ${owner} can have loop`);
    });
    if (patterns.at(-1)?.message === undefined)
      throw new Error(`the last pattern of ${owner} names no group for message`);
    return new ProblemMatcher(owner, severity ?? '', patterns);
  });
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

const keys = ['file', 'fromPath', 'line', 'column', 'severity', 'code', 'message'] as const;

function add(before: Found, pattern: Pattern, groups: RegExpExecArray): Found {
  const found: Found = { ...before };
  for (const key of keys) {
    const index = pattern[key];
    const text = index === undefined ? undefined : groups[index]?.trim();
    if (text) found[key] = text;
  }
  return found;
}
