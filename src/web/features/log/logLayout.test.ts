import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineRange, LogLayout } from './logLayout.ts';
import { ScrollMap, tallestPx } from './scrollMap.ts';

describe('the layout of lines', () => {
  it('is one row a line, as long as nothing is wrapped or folded', () => {
    const layout = new LogLayout();
    expect(layout.rows).toBe(0);
    layout.setCount(1_000_000);
    expect(layout.rows).toBe(1_000_000);
    expect(layout.rowOf(600_000)).toBe(599_999);
    expect(layout.lineAt(599_999)).toEqual({ line: 600_000, into: 0 });
    expect(layout.lineAt(9e9).line).toBe(1_000_000);
    expect(layout.lineAt(-5).line).toBe(1);
  });

  it('agrees with counting one by one, whatever is wrapped, folded and added', () => {
    const change = fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 900 }) }),
      fc.record({ line: fc.integer({ min: 1, max: 2500 }), rows: fc.integer({ min: 1, max: 5 }) }),
      fc.record({
        fold: fc.uniqueArray(fc.integer({ min: 2, max: 2500 }), { minLength: 2, maxLength: 6 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
        const both = new Both();
        for (const each of changes) both.change(each);
        both.compare();
      }),
      { numRuns: 60 },
    );
  });

  it('does not lay out all of it anew with each line that comes in, which would not end', () => {
    const layout = new LogLayout();
    layout.setCount(1_000_000);
    layout.setFolded([{ from: 10, to: 400_000 }]);
    for (let added = 1; added <= 30_000; added += 1) {
      layout.setCount(1_000_000 + added * 167);
      layout.lineAt(layout.rows - 40);
    }
    expect(layout.rows).toBeGreaterThan(600_000 + 30_000 * 167);
  });
});

describe('scrolling', () => {
  it('is as the browser does it, as far as the browser can', () => {
    const map = new ScrollMap();
    map.setSize(1_000_000, 600);
    expect([map.height, map.scrolledTo(77), map.shift, map.scrollFor(5000)]).toEqual([
      1_000_000, 77, 0, 5000,
    ]);
    expect(map.scrollFor(5_000_000)).toBe(999_400);
  });

  it('goes beyond: to both ends, to any part, and by small steps', () => {
    const map = new ScrollMap();
    const content = tallestPx * 10;
    map.setSize(content, 600);
    expect(map.height).toBe(tallestPx);
    expect(map.scrolledTo(tallestPx - 600)).toBe(content - 600);
    expect(map.scrolledTo(0)).toBe(0);
    const half = map.scrolledTo((tallestPx - 600) / 2);
    expect(half).toBeCloseTo((content - 600) / 2, 0);
    expect(map.scrolledTo((tallestPx - 600) / 2 + 20)).toBeCloseTo(half + 20, 0);
    const there = map.scrollFor(123_456_789);
    expect(there + map.shift).toBe(123_456_789);
    expect(map.scrolledTo(there)).toBe(123_456_789);
    expect(map.scrolledTo(there - 100)).toBe(123_456_689);
  });
});

type Change = { add: number } | { line: number; rows: number } | { fold: number[] };

/** A layout, and beside it the same counted one by one. */
class Both {
  readonly layout = new LogLayout();
  readonly #rows = new Map<number, number>();
  #folds: LineRange[] = [];
  #count = 0;

  change(change: Change): void {
    if ('add' in change) {
      this.#count += change.add;
      this.layout.setCount(this.#count);
    } else if ('line' in change) {
      this.#rows.set(change.line, change.rows);
      this.layout.setRows(change.line, change.rows);
    } else {
      this.#folds = foldsBetween(change.fold.toSorted((a, b) => a - b));
      this.layout.setFolded(this.#folds);
    }
    // What is asked in between must not spoil what comes.
    this.layout.rowOf(Math.max(1, this.#count >> 1));
  }

  compare(): void {
    let row = 0;
    for (let line = 1; line <= this.#count; line += 1) {
      if (this.#folds.some(({ from, to }) => from <= line && line <= to)) continue;
      const rows = this.#rows.get(line) ?? 1;
      if (line % 37 === 1) this.#compareLine(line, row, rows);
      row += rows;
    }
    expect(this.layout.rows).toBe(row);
  }

  #compareLine(line: number, row: number, rows: number): void {
    expect(this.layout.rowOf(line)).toBe(row);
    expect(this.layout.lineAt(row + rows - 1)).toEqual({ line, into: rows - 1 });
    expect(this.layout.linesFrom(line, 1)).toEqual([line]);
  }
}

/** Ranges from each second of some numbers to just before the next. */
const foldsBetween = (ends: readonly number[]): LineRange[] =>
  ends.flatMap((from, index) => {
    const to = ends[index + 1];
    return index % 2 === 1 || to === undefined ? [] : [{ from, to: to - 1 }];
  });
