import type { LogFilter } from '../output/logFilter.ts';

/** The output of a step, line by line, safe to show. */
export interface StepOutput {
  /** Takes text as it comes; answers the lines that are complete with it. */
  take(text: string): string[];
  /** The line that was begun and not ended, if there is one. */
  end(): string[];
  /** The last lines that were complete, oldest first, and how many came before them. */
  kept(): { readonly lines: readonly string[]; readonly before: number };
}

/** More than anybody reads of a step that failed; a log in full is what `--verbose` and pipes are for. */
export const mostLinesKept = 500;
/** Lines may be long: at most so many characters of them are kept, but for the last one, which always is. */
export const mostKept = 1024 * 1024;
const longestLine = 1024 * 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

export function createStepOutput(filter: LogFilter): StepOutput {
  let partial = '';
  let lines: string[] = [];
  let length = 0;
  let dropped = 0;
  /** Nothing was there yet that the filter must know of. */
  let harmless = true;

  function keep(complete: readonly string[]): void {
    for (const line of complete) {
      lines.push(line);
      length += line.length;
    }
    if (lines.length > 2 * mostLinesKept || length > 2 * mostKept) forget();
  }

  function forget(): void {
    let from = lines.length;
    length = 0;
    while (from > 0 && lines.length - from < mostLinesKept) {
      const added = length + (lines[from - 1]?.length ?? 0);
      if (added > mostKept && from < lines.length) break;
      length = added;
      from -= 1;
    }
    dropped += from;
    lines = lines.slice(from);
  }

  function take(text: string): string[] {
    // Where no line ends there is nothing to split, which would copy all that was begun for each piece of it.
    const parts = text.includes('\n') ? (partial + text).split('\n') : [partial + text];
    partial = parts.pop() ?? '';
    if (partial.length > longestLine) {
      parts.push(partial);
      partial = '';
    }
    harmless &&= !controls.test(text);
    const complete = harmless ? parts : parts.flatMap(filtered);
    keep(complete);
    return complete;
  }

  /** Each line alone, so that the colours it leaves open end with it and begin the next one. */
  const filtered = (line: string): string[] => withoutLast(filter.filter(`${line}\n`)).split('\n');

  return {
    take,
    end: () => (partial === '' ? [] : take('\n')),
    kept: () => {
      const shown = lines.slice(-mostLinesKept);
      return { lines: shown, before: dropped + lines.length - shown.length };
    },
  };
}

/** Without the line feed that ends it, behind which only colours are closed. */
function withoutLast(line: string): string {
  const end = line.lastIndexOf('\n');
  return line.slice(0, end) + line.slice(end + 1);
}
