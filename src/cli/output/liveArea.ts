import type { Writable } from 'node:stream';
import { displayWidth, truncate } from './width.ts';

/** Text that scrolls, with lines below it that stay and change. */
export interface LiveArea {
  /** Adds text above the area. A line that is not complete shows as the first line of the area. */
  write(text: string): void;
  /** What the area shows; drawn with the next write, or at once. */
  show(lines: readonly string[]): void;
  /** Removes the area and leaves the text. */
  close(): void;
}

const frameMs = 33;
const longestPartial = 4096;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one.
const sgr = /(\u001b\[[\d;:]*m)/;

/** A live area at the end of a terminal. It redraws at most 30 times a second, however much is written. */
export function openLiveArea(terminal: Writable, columns: () => number): LiveArea {
  let pending = '';
  let partial = '';
  let lines: readonly string[] = [];
  let drawn: readonly string[] = [];
  let lastFrame = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function schedule(): void {
    if (timer !== undefined) return;
    const wait = Math.max(0, lastFrame + frameMs - performance.now());
    if (wait === 0) frame();
    else timer = setTimeout(frame, wait);
  }

  function frame(): void {
    clearTimeout(timer);
    timer = undefined;
    lastFrame = performance.now();
    const area = [...(partial === '' ? [] : [partial]), ...lines].map((line) => cut(line, columns()));
    terminal.write(`\u001b[?2026h${erase()}${pending}${area.join('\n')}\u001b[?2026l`);
    pending = '';
    drawn = area;
  }

  /** Back to the first column of the first line, also when the terminal was made narrower and wrapped them. */
  function erase(): string {
    const width = Math.max(1, columns());
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleWidth(line) / width)), 0);
    return `\r${rows > 1 ? `\u001b[${rows - 1}A` : ''}\u001b[J`;
  }

  function endLine(): void {
    pending += `${partial}\n`;
    partial = '';
  }

  return {
    write(text) {
      const whole = partial + text;
      const end = whole.lastIndexOf('\n') + 1;
      pending += whole.slice(0, end);
      partial = whole.slice(end);
      if (partial.length > longestPartial) endLine();
      schedule();
    },
    show(next) {
      lines = next;
      schedule();
    },
    close() {
      lines = [];
      if (partial !== '') endLine();
      frame();
    },
  };
}

const visibleWidth = (line: string): number =>
  line.split(sgr).reduce((sum, part, index) => sum + (index % 2 === 0 ? displayWidth(part) : 0), 0);

/** Cuts a line to the terminal without touching its colours. */
function cut(line: string, columns: number): string {
  if (visibleWidth(line) <= columns) return line;
  let left = columns;
  return line
    .split(sgr)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const shown = truncate(part, left);
      left -= displayWidth(shown);
      return shown;
    })
    .join('');
}
