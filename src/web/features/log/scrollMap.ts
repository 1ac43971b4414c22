/** What the browsers lay out at most: Firefox ends at 17.8 million pixels, the others at 33 million. */
export const tallestPx = 16_000_000;

/**
 * Lets a content scroll that is taller than a browser can lay out: one scrolls in something as tall as possible.
 * Small steps move the content by as much; a drag of the scroll bar goes to the same part of the whole. Up to the
 * tallest that can be laid out the two are the same.
 */
export class ScrollMap {
  #content = 0;
  #viewport = 0;
  /** Content minus scroll position. */
  #shift = 0;
  #scrolled = 0;

  setSize(contentPx: number, viewportPx: number): void {
    this.#content = contentPx;
    this.#viewport = viewportPx;
    if (contentPx <= tallestPx) this.#shift = 0;
  }

  /** How tall to lay out. */
  get height(): number {
    return Math.min(this.#content, tallestPx);
  }

  /** What to take off a place in the content to get its place in what is laid out. */
  get shift(): number {
    return this.#shift;
  }

  /** The place in the content at the top, after the browser scrolled. */
  scrolledTo(scrollTop: number): number {
    const step = Math.abs(scrollTop - this.#scrolled);
    const end = this.#lastScroll;
    this.#scrolled = scrollTop;
    if (this.#content > tallestPx && (step > this.#viewport || scrollTop <= 0 || scrollTop >= end)) {
      const part = Math.max(0, Math.min(1, scrollTop / end));
      this.#shift = part * this.#lastTop - scrollTop;
    }
    return Math.max(0, Math.min(this.#lastTop, scrollTop + this.#shift));
  }

  /** Where the browser is to scroll, to have a place in the content at the top. */
  scrollFor(top: number): number {
    const wanted = Math.max(0, Math.min(this.#lastTop, top));
    if (this.#content <= tallestPx) this.#scrolled = wanted;
    else {
      this.#scrolled = Math.round((wanted / this.#lastTop) * this.#lastScroll);
      this.#shift = wanted - this.#scrolled;
    }
    return this.#scrolled;
  }

  get #lastTop(): number {
    return Math.max(0, this.#content - this.#viewport);
  }

  get #lastScroll(): number {
    return Math.max(0, this.height - this.#viewport);
  }
}
