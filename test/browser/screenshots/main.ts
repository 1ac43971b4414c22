import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createSample } from '../../harness/sample.ts';
import { launchChromium } from '../harness/chromium.ts';
import { livelyHarbor, type Visitor } from './livelyHarbor.ts';
import { type Screen, screens } from './screens.ts';

/** `bin/screenshots DIRECTORY`: the main screens of the sample, light and dark, wide and narrow. */
const directory = resolve(process.argv[2] ?? 'screenshots');
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };
await mkdir(directory, { recursive: true });
const sample = await createSample();
try {
  await sample.start();
  const visitor = await livelyHarbor(sample);
  const browser = await launchChromium();
  for (const theme of ['light', 'dark'] as const) {
    for (const width of ['wide', 'narrow'] as const) await takeAll(browser, visitor, theme, width);
  }
  await browser.close();
} finally {
  await sample[Symbol.asyncDispose]();
}

async function takeAll(
  browser: Browser,
  visitor: Visitor,
  theme: 'light' | 'dark',
  width: keyof typeof sizes,
): Promise<void> {
  const context = await browser.newContext({
    baseURL: visitor.address,
    colorScheme: theme,
    viewport: sizes[width],
    deviceScaleFactor: 2,
    hasTouch: width === 'narrow',
    locale: 'en-GB',
  });
  const { username, password } = visitor;
  await context.request.post('api/v1/session', { data: { username, password } });
  await context.addInitScript(() => localStorage.setItem('slipway.signed-in', 'yes'));
  const page = await context.newPage();
  for (const screen of screens) await take(page, screen, `${screen.name}-${theme}-${width}.png`);
  await context.close();
}

async function take(page: Page, screen: Screen, file: string): Promise<void> {
  await page.goto(screen.path);
  await page.locator('[data-live="connected"]').first().waitFor({ state: 'attached' });
  await page.locator('h1').first().waitFor();
  await screen.until(page);
  await page.screenshot({ path: join(directory, file), animations: 'disabled' });
  process.stdout.write(`${join(directory, file)}\n`);
}
