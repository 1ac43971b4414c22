/** Lines from one to another, both included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

const blockLines = 512;

/**
 * Where each line of a log stands, counted in rows. A line has one row, more when it is wrapped, and none while it
 * is folded away. Counted by blocks, so that a million lines cost what two thousand numbers do.
 */
export class LogLayout {
  #count = 0;
  #folded: readonly LineRange[] = [];
  /** Rows beyond the first, of the lines that have some, by block. */
  #extra = new Map<number, Map<number, number>>();
  /** Rows before each block, right up to block `#known`. */
  #before: number[] = [0];
  #known = 0;

  get count(): number {
    return this.#count;
  }

  setCount(count: number): void {
    this.#known = Math.min(this.#known, blockOf(Math.max(1, Math.min(count, this.#count))));
    this.#count = count;
  }

  /** Folds lines away; ranges in their order, apart from each other. */
  setFolded(ranges: readonly LineRange[]): void {
    this.#folded = ranges;
    this.#known = 0;
  }

  /** Says how many rows a line takes; answers whether that is news. */
  setRows(line: number, rows: number): boolean {
    const block = blockOf(line);
    const extras = this.#extra.get(block) ?? new Map<number, number>();
    if ((extras.get(line) ?? 0) === rows - 1) return false;
    if (rows === 1) extras.delete(line);
    else extras.set(line, rows - 1);
    this.#extra.set(block, extras);
    this.#known = Math.min(this.#known, block);
    return true;
  }

  /** Every line takes one row again. */
  forgetRows(): void {
    this.#extra.clear();
    this.#known = 0;
  }

  /** Rows of all lines. */
  get rows(): number {
    return this.#rowsBefore(blockOf(this.#count) + 1);
  }

  isFolded(line: number): boolean {
    return this.#folded.some((range) => range.from <= line && line <= range.to);
  }

  /** The rows before a line. */
  rowOf(line: number): number {
    const block = blockOf(line);
    const begin = firstOf(block);
    let rows = this.#rowsBefore(block) + this.#shownIn(begin, line - 1);
    for (const [other, extra] of this.#extra.get(block) ?? [])
      if (other < line && !this.isFolded(other)) rows += extra;
    return rows;
  }

  /** The line at a row, and how many of its rows are before it; the nearest one outside of all. */
  lineAt(row: number): { line: number; into: number } {
    const wanted = Math.max(0, Math.min(row, this.rows - 1));
    const block = this.#blockAt(wanted);
    let left = wanted - this.#rowsBefore(block);
    const extras = this.#extra.get(block);
    for (let line = firstOf(block); line <= this.#count; line += 1) {
      const fold = this.#folded.find((range) => range.from <= line && line <= range.to);
      if (fold !== undefined) {
        line = fold.to;
        continue;
      }
      const rows = 1 + (extras?.get(line) ?? 0);
      if (left < rows) return { line, into: left };
      left -= rows;
    }
    return { line: Math.max(1, this.#count), into: 0 };
  }

  /** The lines that are shown from a line on, until they fill so many rows. */
  linesFrom(line: number, rows: number): number[] {
    const lines: number[] = [];
    let left = rows;
    for (let next = line; next <= this.#count && left > 0; next += 1) {
      const fold = this.#folded.find((range) => range.from <= next && next <= range.to);
      if (fold !== undefined) next = fold.to;
      else {
        lines.push(next);
        left -= 1 + (this.#extra.get(blockOf(next))?.get(next) ?? 0);
      }
    }
    return lines;
  }

  #blockAt(row: number): number {
    let low = 0;
    let high = blockOf(Math.max(1, this.#count));
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#rowsBefore(middle) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #rowsBefore(block: number): number {
    for (; this.#known < block; this.#known += 1)
      this.#before[this.#known + 1] = (this.#before[this.#known] ?? 0) + this.#rowsIn(this.#known);
    return this.#before[block] ?? 0;
  }

  #rowsIn(block: number): number {
    let rows = this.#shownIn(firstOf(block), Math.min(this.#count, firstOf(block + 1) - 1));
    for (const [line, extra] of this.#extra.get(block) ?? [])
      if (line <= this.#count && !this.isFolded(line)) rows += extra;
    return rows;
  }

  /** How many lines from one to another are not folded away. */
  #shownIn(from: number, to: number): number {
    let shown = Math.max(0, to - from + 1);
    for (const range of this.#folded)
      shown -= Math.max(0, Math.min(to, range.to) - Math.max(from, range.from) + 1);
    return shown;
  }
}

const blockOf = (line: number): number => Math.floor((line - 1) / blockLines);
const firstOf = (block: number): number => block * blockLines + 1;
