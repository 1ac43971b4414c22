import { type LineRange, LogLayout } from './logLayout.ts';
import { ScrollMap } from './scrollMap.ts';
import { assignSlots } from './slots.ts';

/** What of a log is in view, and where it is laid out. */
export interface ViewState {
  /** The lines to draw: those in view and a few around them. */
  readonly lines: readonly number[];
  /** Which element draws which line. */
  readonly slots: ReadonlyMap<number, number>;
  /** Where the first of them stands, in pixels from the top of what is laid out. */
  readonly top: number;
  /** How tall all is laid out. */
  readonly height: number;
  /** Where the browser is to have scrolled to. */
  readonly scrollTop: number;
  readonly firstInView: number;
  readonly lastInView: number;
  /** The end is kept in view as it moves on. */
  readonly following: boolean;
  /** Lines that came since it was let go. */
  readonly unseen: number;
}

/** Rows drawn above and below what is in view. */
const around = 12;
const paddingPx = 8;

/**
 * Decides which lines of a log are drawn. It stays where one looks, whatever is loaded, folded or wrapped above;
 * or at the end, until one scrolls up. Knows no browser: it is told what was scrolled, and tells where to scroll.
 */
export class LogViewport {
  readonly #layout = new LogLayout();
  readonly #map = new ScrollMap();
  readonly #watchers = new Set<() => void>();
  #rowPx = 20;
  #viewportPx = 0;
  #following = false;
  /** A line near the top, and how many pixels of it are above the top; less than none when it is below. */
  #anchor = { line: 1, into: 0 };
  #seen = 0;
  #slots: ReadonlyMap<number, number> = new Map();
  #state: ViewState;

  constructor() {
    this.#state = this.#draw();
  }

  state = (): ViewState => this.#state;

  subscribe = (onChange: () => void): (() => void) => {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  };

  resize(viewportPx: number, rowPx: number): void {
    if (viewportPx === this.#viewportPx && rowPx === this.#rowPx) return;
    this.#viewportPx = viewportPx;
    this.#rowPx = rowPx;
    this.#redraw();
  }

  setCount(count: number): void {
    if (count === this.#layout.count) return;
    this.#layout.setCount(count);
    this.#redraw();
  }

  setFolded(ranges: readonly LineRange[]): void {
    this.#layout.setFolded(ranges);
    // A line that is folded away cannot be where one looks: the one above the fold is.
    const fold = ranges.find(({ from, to }) => from <= this.#anchor.line && this.#anchor.line <= to);
    if (fold !== undefined) this.#anchor = { line: fold.from - 1, into: 0 };
    this.#redraw();
  }

  /** Lines were drawn and are so many rows high. */
  measured(heights: readonly (readonly [line: number, rows: number])[]): void {
    const news = heights.map(([line, rows]) => this.#layout.setRows(line, rows));
    if (news.includes(true)) this.#redraw();
  }

  /** The width changed, or whether lines are wrapped: each is to be measured anew. */
  forgetHeights(): void {
    this.#layout.forgetRows();
    this.#redraw();
  }

  /** The browser scrolled. `live`: at the end, following goes on. */
  scrolled(scrollTop: number, live: boolean): void {
    if (Math.abs(scrollTop - this.#state.scrollTop) < 1) return;
    const before = this.#top;
    const top = this.#map.scrolledTo(scrollTop);
    const { line, into } = this.#layout.lineAt(Math.floor(top / this.#rowPx));
    this.#anchor = { line, into: into * this.#rowPx + (top % this.#rowPx) };
    const atEnd = top >= this.#content - this.#viewportPx - this.#rowPx / 2;
    if (this.#following && top < before - 1) this.#letGo();
    else if (atEnd && live) this.#following = true;
    this.#redraw(scrollTop);
  }

  /** Somebody begins to scroll up: the end is not kept in view any more. */
  letGo(): void {
    if (!this.#following) return;
    this.#letGo();
    this.#redraw();
  }

  #letGo(): void {
    this.#following = false;
    this.#seen = this.#layout.count;
  }

  follow(): void {
    this.#following = true;
    this.#redraw();
  }

  /** Goes to the end, without staying there. */
  toEnd(): void {
    this.#following = false;
    this.#anchor = this.#endAnchor();
    this.#redraw();
  }

  /** Brings a line into view: a third from the top, unless it is in view already. */
  goTo(line: number): void {
    this.#letGo();
    const { firstInView, lastInView } = this.#state;
    if (line <= firstInView || line >= lastInView) this.#anchor = this.#anchorAt(line);
    this.#redraw();
  }

  #anchorAt(line: number): { line: number; into: number } {
    return {
      line: Math.max(1, Math.min(line, this.#layout.count)),
      into: -Math.floor(this.#viewportPx / 3),
    };
  }

  get #content(): number {
    return this.#layout.rows * this.#rowPx + paddingPx;
  }

  #endAnchor(): { line: number; into: number } {
    const top = Math.max(0, this.#content - this.#viewportPx);
    const { line, into } = this.#layout.lineAt(Math.floor(top / this.#rowPx));
    return { line, into: into * this.#rowPx + (top % this.#rowPx) };
  }

  get #top(): number {
    return this.#layout.rowOf(this.#anchor.line) * this.#rowPx + this.#anchor.into;
  }

  #redraw(scrolledTo?: number): void {
    this.#state = this.#draw(scrolledTo);
    for (const watcher of this.#watchers) watcher();
  }

  #draw(scrolledTo?: number): ViewState {
    if (this.#following) {
      this.#anchor = this.#endAnchor();
      this.#seen = this.#layout.count;
    }
    this.#map.setSize(this.#content, this.#viewportPx);
    const top = Math.max(0, Math.min(this.#top, this.#content - this.#viewportPx));
    const scrollTop = scrolledTo ?? this.#map.scrollFor(top);
    const row = Math.floor(top / this.#rowPx);
    const rowsInView = Math.ceil(this.#viewportPx / this.#rowPx) + 1;
    const first = this.#layout.lineAt(Math.max(0, row - around));
    const lines = this.#layout.linesFrom(first.line, rowsInView + 2 * around + first.into);
    this.#slots = assignSlots(this.#slots, lines);
    return {
      lines,
      slots: this.#slots,
      top: this.#layout.rowOf(first.line) * this.#rowPx - this.#map.shift,
      height: this.#map.height,
      scrollTop,
      firstInView: this.#layout.lineAt(row).line,
      lastInView: this.#layout.lineAt(row + rowsInView - 2).line,
      following: this.#following,
      unseen: Math.max(0, this.#layout.count - this.#seen),
    };
  }
}
