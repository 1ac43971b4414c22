// Runs in the page that is measured, before its own scripts: what is on the screen, and since when.
window.probe = {
  /** Resolves with the wall clock when some text is on the page, drawn. */
  async shows(text) {
    for (;;) {
      if (document.body?.innerText.includes(text)) return Date.now();
      await new Promise(requestAnimationFrame);
    }
  },

  /** For so long: the time between frames, and how old the newest line of the log is in each, in ms. */
  async frames(forMs) {
    const gaps = [];
    const ages = [];
    const begin = performance.now();
    for (let last = begin; last - begin < forMs; ) {
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      const rows = document.querySelectorAll('[data-log] [data-line]');
      const written = Math.max(
        ...Array.from(rows, (row) => Number(/ at (\d+) /.exec(row.textContent)?.[1] ?? 0)),
      );
      if (written > 0) ages.push(Date.now() - written);
    }
    return { gaps, ages };
  },
};
