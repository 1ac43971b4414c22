import type { Page } from 'playwright-core';

/**
 * Makes a page look the same whenever and wherever it is drawn: what differs from run to run (times, shas, ports,
 * keys, paths) is written over, and no clock of it ticks any more. The page is of no other use afterwards.
 */
export async function steady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const replaced: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
      [/\b[0-9a-f]{8,64}\b/g, (sha) => '0'.repeat(sha.length)],
      [/\/tmp\/[\w/.-]+/g, '/tmp/x'],
      [/127\.0\.0\.1:\d+/g, '127.0.0.1:7070'],
      // The days below a chart move with the weeks.
      [/^\d{1,2} \p{Lu}\p{Ll}{2,}$/gu, ''],
      [/\d+:\d\d\.\d/g, '0:00.0'],
      [/\d+(?:\.\d+)? (?:ms|s|min|h|d|days?)\b(?: \d+ (?:s|min)\b)?/g, '5 s'],
    ];
    for (let timer = Number(setTimeout(() => {}, 0)); timer > 0; timer -= 1) clearTimeout(timer);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.parentElement?.tagName === 'TIME') text.nodeValue = '5 min ago';
      else
        for (const [what, by] of replaced)
          text.nodeValue = (text.nodeValue ?? '').replace(what, by as string);
    }
    // What sticks has a layer of its own, which keeps letters as they were drawn before it was moved by half a pixel.
    for (const element of document.querySelectorAll<HTMLElement>('*'))
      if (getComputedStyle(element).position === 'sticky')
        Object.assign(element.style, { position: 'relative', inset: 'auto' });
    await document.fonts.ready;
  });
}
