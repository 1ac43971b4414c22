import type { Browser, Page } from 'playwright-core';
import { standards, violationsOn } from '../../../test/browser/harness/axe.ts';
import type { Measurement } from '../bench.ts';
import type { RunningSlipway } from '../slipway.ts';
import { openPage } from './pages.ts';

/** What a first visit to each of these pages loads in JavaScript, as it is sent. */
export async function measureFirstLoad(
  slipway: RunningSlipway,
  browser: Browser,
  paths: readonly string[],
): Promise<Measurement> {
  const samples: number[] = [];
  for (const path of paths) {
    const page = await openPage(slipway, browser);
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script')
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await settle(page, path);
    samples.push((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1000);
    await page.context().close();
  }
  return {
    what: 'first load: compressed JavaScript of a page',
    unit: 'kB',
    samples,
    aim: { of: 'p99', limit: 150 },
  };
}

/**
 * What an audit in the manner of Lighthouse finds on each page, light and dark: accessibility (axe, WCAG 2.2 AA and
 * best practices), errors on the console, requests to anybody else, and what a document must say of itself.
 */
export async function auditPages(
  slipway: RunningSlipway,
  browser: Browser,
  paths: readonly string[],
): Promise<Measurement> {
  const samples: number[] = [];
  for (const path of paths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await openPage(slipway, browser);
      await page.emulateMedia({ colorScheme });
      const found = complaintsOf(page, slipway.url);
      await settle(page, path);
      const violations = await violationsOn(page, { type: 'tag', values: standards });
      found.push(...violations.map(({ id, nodes }) => `axe ${id}: ${nodes.length}`));
      found.push(...(await page.evaluate<string[]>('probe.documentFaults()')));
      for (const finding of found) process.stderr.write(`${path} (${colorScheme}): ${finding}\n`);
      samples.push(found.length);
      await page.context().close();
    }
  }
  return {
    what: 'audit of accessibility and best practices: findings on a page',
    unit: 'findings',
    samples,
    aim: { of: 'p99', limit: 0 },
  };
}

function complaintsOf(page: Page, url: string): string[] {
  const found: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== 'data:' && asked.origin !== new URL(url).origin)
      found.push(`request to ${asked.origin}`);
  });
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'document') return;
    const policy = response.headers()['content-security-policy'] ?? '';
    if (!policy.includes('default-src') || policy.includes('unsafe')) found.push(`policy: ${policy}`);
  });
  return found;
}

async function settle(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator('[data-live="connected"]').first().waitFor({ state: 'attached' });
  await page.locator('h1').first().waitFor();
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null');
}
