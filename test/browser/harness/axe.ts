import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** WCAG 2.2 AA, and what is good beyond it. */
export const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] as const;

export interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/**
 * What axe has against a page without frames, by all rules with these tags or by these rules. The page is given axe
 * once: with each question, compiling it would take longer than the answer.
 */
export async function violationsOn(
  page: Page,
  runOnly: { type: 'tag' | 'rule'; values: readonly string[] },
): Promise<readonly Violation[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await source);
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  return page.evaluate<Violation[]>(`axe.run(document, ${options}).then(({ violations }) => violations)`);
}

const source = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
