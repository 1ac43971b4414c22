import { runBounded } from '../../../platform/runBounded.ts';

/** Lines of one piece of output, which are taken one after the other; `at` is the one that is taken. */
export interface LinesAhead {
  readonly lines: readonly string[];
  at: number;
}

/** Longer lines are shown without looking for problems in them. */
const longestLine = 8 * 1024;
/** Expressions may take this long at once, and this much more for each character that they are given: 50 times what one that is well made takes. */
const allowanceMs = 1_000;
const msPerCharacter = 0.001;
/** A job of which so many expressions took too long gets no others. */
const mostSlow = 3;

/**
 * What expressions that a job brought along find in its output. They are looked for in all lines of a piece of output
 * together, because to bound the time of a search costs as much as a thousand searches.
 */
export class LineMatching {
  #ahead: LinesAhead | null = null;
  #lines: readonly (string | null)[] = [];
  readonly #found = new Map<RegExp, readonly (RegExpExecArray | null)[]>();
  #leftMs = allowanceMs;
  #slow = 0;

  /** Whether expressions of this job took too long so often that it gets no more. */
  get exhausted(): boolean {
    return this.#slow >= mostSlow;
  }

  /** Looks for these in the lines from the present one on, where that was not done yet. Answers one that takes too long. */
  look(expressions: readonly RegExp[], ahead: LinesAhead): RegExp | null {
    if (ahead !== this.#ahead) this.#begin(ahead);
    const missing = expressions.filter((expression) => !this.#found.has(expression));
    if (missing.length === 0) return null;
    const startedAt = performance.now();
    let current: RegExp | null = null;
    const inTime = runBounded(Math.max(1, Math.ceil(this.#leftMs)), () => {
      for (const expression of missing) {
        current = expression;
        this.#found.set(expression, this.#search(expression, ahead.at));
      }
    });
    this.#leftMs -= performance.now() - startedAt;
    if (inTime) return null;
    this.#leftMs = allowanceMs;
    this.#slow += 1;
    return current;
  }

  /** What was found in the present line. */
  found(expression: RegExp, { at }: LinesAhead): RegExpExecArray | null {
    return this.#found.get(expression)?.[at] ?? null;
  }

  #begin(ahead: LinesAhead): void {
    this.#ahead = ahead;
    this.#found.clear();
    this.#lines = ahead.lines.map((line) => (line.length > longestLine ? null : withoutColours(line)));
    const given = ahead.lines.reduce((sum, { length }) => sum + length, 0);
    this.#leftMs = Math.min(allowanceMs, this.#leftMs + given * msPerCharacter);
  }

  #search(expression: RegExp, from: number): (RegExpExecArray | null)[] {
    return this.#lines.map((line, index) => (line === null || index < from ? null : expression.exec(line)));
  }
}

function withoutColours(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  return line.includes('\u001b') ? line.replaceAll(/\u001b\[(?:\d+(?:;\d+)*)?m?/g, '') : line;
}
