import { type AnsiStyle, plainStyle, styleAfter } from '../../lib/ansi/index.ts';

/** A line as it is kept: its text with escape sequences, and when it was written (ms since 1970). */
export interface StoredLine {
  readonly text: string;
  readonly time: number | null;
}

export interface NumberedLine extends StoredLine {
  readonly number: number;
}

interface Page {
  readonly lines: (StoredLine | undefined)[];
  filled: number;
  /** How each line begins, as far as that was asked for, and how the page began when it was. */
  starts: AnsiStyle[];
  begunWith: AnsiStyle;
  /** How it ended, when that was asked for. */
  end: { readonly style: AnsiStyle; readonly asOf: number } | undefined;
}

/** Lines that are asked for together. */
export const pageLines = 500;
const mostPages = 80;
/** Of a line that has not ended: what one line shows at most. */
const longestOpenLine = 16 * 1024;

const pageOf = (number: number): number => Math.floor((number - 1) / pageLines);
export const firstLineOf = (page: number): number => page * pageLines + 1;

/**
 * The lines of a log that are known here: some pages of those that have ended, wherever somebody looked, and what
 * was followed at its end. Bounded: what is far from where somebody looks is forgotten, and asked for again.
 */
export class LineStore {
  #pages = new Map<number, Page>();
  /** How forgotten pages ended, where that is not as usual. */
  #ends = new Map<number, AnsiStyle>();
  #ended = 0;
  #open: StoredLine | undefined;
  /** Counts up when lines before others become known: what was said of their styles may be wrong then. */
  #taken = 0;

  /** Lines that have ended. */
  get ended(): number {
    return this.#ended;
  }

  /** All lines, the one that is being written included. */
  get count(): number {
    return this.#ended + (this.#open === undefined ? 0 : 1);
  }

  /** The log goes on at line `ended + 1`; what is known of those before stays. */
  goOnAfter(ended: number): void {
    this.#ended = ended;
    this.#open = undefined;
  }

  /** A line, or undefined when it is not known here. */
  line(number: number): StoredLine | undefined {
    if (number === this.#ended + 1) return this.#open;
    return this.#pages.get(pageOf(number))?.lines[(number - 1) % pageLines];
  }

  /** Takes lines that were asked for. One that has not ended comes by following. */
  take(lines: readonly NumberedLine[]): void {
    this.#taken += 1;
    for (const { number, text, time } of lines) if (number <= this.#ended) this.#put(number, { text, time });
  }

  /** Takes text that follows what was known, written at `time`; answers the lines that ended with it. */
  append(text: string, time: number | null): NumberedLine[] {
    const parts = text.split('\n');
    const rest = parts.pop() ?? '';
    const ended: NumberedLine[] = [];
    for (const part of parts) {
      const line = this.#join(part, time);
      this.#open = undefined;
      this.#ended += 1;
      this.#put(this.#ended, line);
      ended.push({ number: this.#ended, ...line });
    }
    if (rest !== '') this.#open = this.#join(rest, time);
    return ended;
  }

  #join(text: string, time: number | null): StoredLine {
    if (this.#open === undefined) return { text: shortened(text), time };
    return { text: shortened(this.#open.text + text), time: this.#open.time };
  }

  #put(number: number, line: StoredLine): void {
    const index = pageOf(number);
    let page = this.#pages.get(index);
    if (page === undefined) {
      page = { lines: [], filled: 0, starts: [], begunWith: plainStyle, end: undefined };
      this.#pages.set(index, page);
    }
    const place = (number - 1) % pageLines;
    if (page.lines[place] === undefined) page.filled += 1;
    page.lines[place] = line;
    // What was said of the styles of the lines after it may be wrong now.
    if (place + 1 < page.starts.length) page.starts.length = place + 1;
  }

  /** The pages between two lines of which something is missing. */
  missing(from: number, to: number): number[] {
    const pages: number[] = [];
    for (let page = pageOf(Math.max(1, from)); page <= pageOf(Math.min(to, this.#ended)); page += 1)
      if ((this.#pages.get(page)?.filled ?? 0) < this.#linesIn(page)) pages.push(page);
    return pages;
  }

  #linesIn(page: number): number {
    return Math.max(0, Math.min(pageLines, this.#ended - page * pageLines));
  }

  /** Forgets what is far from line `number`, when it is too much; never the end, where it goes on. */
  prune(number: number): void {
    if (this.#pages.size <= mostPages) return;
    const here = pageOf(Math.max(1, number));
    const distance = (page: number) => Math.min(Math.abs(page - here), pageOf(this.#ended + 1) - page);
    const byDistance = [...this.#pages.keys()].sort((a, b) => distance(b) - distance(a));
    // Some more than needed, so that not every line brings it about again.
    for (const page of byDistance.slice(0, this.#pages.size - mostPages + 10)) {
      const end = this.#endOf(page);
      if (end !== plainStyle) this.#ends.set(page, end);
      this.#pages.delete(page);
    }
  }

  /**
   * The style in which a line begins: that in which the one before it ended, as far as those before it are known.
   */
  styleAt(number: number): AnsiStyle {
    const index = pageOf(number);
    const page = this.#pages.get(index);
    if (page === undefined) return number > this.#ended ? this.#endOf(index - 1) : plainStyle;
    const begin = this.#endOf(index - 1);
    if (page.begunWith !== begin) {
      page.begunWith = begin;
      page.starts = [];
    }
    if (page.starts.length === 0) page.starts.push(begin);
    const place = (number - 1) % pageLines;
    for (let known = page.starts.length; known <= place; known += 1)
      page.starts.push(styleAfter(page.lines[known - 1]?.text ?? '', page.starts[known - 1] ?? plainStyle));
    return page.starts[place] ?? plainStyle;
  }

  #endOf(index: number): AnsiStyle {
    const page = this.#pages.get(index);
    if (page === undefined) return this.#ends.get(index) ?? plainStyle;
    // Not known before its lines are.
    if (page.filled < pageLines) return plainStyle;
    if (page.end?.asOf !== this.#taken) {
      const last = firstLineOf(index) + pageLines - 1;
      const style = styleAfter(page.lines[pageLines - 1]?.text ?? '', this.styleAt(last));
      page.end = { style, asOf: this.#taken };
    }
    return page.end.style;
  }
}

/** A progress that is drawn over and over in one line is kept from where it was begun anew last. */
function shortened(text: string): string {
  if (text.length <= longestOpenLine) return text;
  const anew = text.slice(text.lastIndexOf('\r', text.length - 2) + 1);
  return anew.length <= longestOpenLine ? anew : `${anew.slice(0, longestOpenLine)} …`;
}
