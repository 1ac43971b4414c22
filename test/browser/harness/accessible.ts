import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { standards, violationsOn } from './axe.ts';

/** Does something in light and in dark, on the page as it is. */
export async function everyTheme(
  page: Page,
  work: (theme: 'light' | 'dark') => Promise<void>,
): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    // Until it is drawn, colours of both are there at once.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    await work(theme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** axe finds nothing, in neither theme. */
export async function expectAccessible(page: Page): Promise<void> {
  await everyTheme(page, async (theme) => {
    // All but the colours is the same in both themes, and takes most of the time.
    const violations = await violationsOn(
      page,
      theme === 'light' ? { type: 'tag', values: standards } : { type: 'rule', values: ['color-contrast'] },
    );
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${theme} ${id}: ${help}\n  ${node.html}\n  ${node.failureSummary}`),
    );
    expect(found).toEqual([]);
  });
}
