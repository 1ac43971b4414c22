// Runs in the page that is measured, before its own scripts: what is on the screen, and since when.
window.probe = {
  /** Resolves with the wall clock when some text is on the page, drawn. */
  async shows(text) {
    for (;;) {
      if (document.body?.innerText.includes(text)) return Date.now();
      await new Promise(requestAnimationFrame);
    }
  },

  /** Presses a key until something answers it; resolves with the wall clock of the answer. */
  async pressed(key, answer) {
    while (document.querySelector(answer) === null) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
    }
    return Date.now();
  },

  /** What a document must say of itself, and does not. */
  documentFaults() {
    const wanted = {
      doctype: document.doctype?.name === 'html',
      charset: document.characterSet === 'UTF-8',
      language: document.documentElement.lang !== '',
      title: document.title !== '',
      viewport: document.querySelector('meta[name=viewport]')?.content.includes('width=device-width'),
      description: Boolean(document.querySelector('meta[name=description]')?.content),
      'one main heading': document.querySelectorAll('h1').length === 1,
      'sized pictures': [...document.images].every((image) => image.width > 0 && image.naturalWidth > 0),
      'no page wider than the window': document.documentElement.scrollWidth <= innerWidth,
    };
    return Object.keys(wanted).filter((name) => !wanted[name]);
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
