import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { packageRoot } from '../../../src/platform/settings.ts';
import { createSample } from '../../harness/sample.ts';
import { launchChromium } from '../harness/chromium.ts';
import { indexed } from '../harness/indexedPng.ts';
import { watchRequests } from '../harness/requests.ts';
import { livelyHarbor, type Visitor } from './livelyHarbor.ts';
import { screens } from './screens.ts';

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };
const themes = ['light', 'dark'] as const;
type Width = keyof typeof sizes;

/**
 * `bin/screenshots DIRECTORY`: the main screens of the sample, light and dark, wide and narrow.
 * `bin/screenshots --readme`: those that the README shows, into docs/images.
 */
const forReadme = process.argv[2] === '--readme';
const directory = forReadme
  ? join(packageRoot, 'docs', 'images')
  : resolve(process.argv[2] ?? join('tmp', 'screenshots'));
await mkdir(directory, { recursive: true });
const sample = await createSample();
try {
  await sample.start();
  const visitor = await livelyHarbor(sample);
  const browser = await launchChromium();
  for (const theme of themes) {
    for (const width of ['wide', 'narrow'] as const) await takeAll(browser, visitor, theme, width);
  }
  await browser.close();
} finally {
  await sample[Symbol.asyncDispose]();
}

async function takeAll(
  browser: Browser,
  visitor: Visitor,
  theme: (typeof themes)[number],
  width: Width,
): Promise<void> {
  const wanted = screens.filter(({ inReadme }) => !forReadme || inReadme === width);
  const context = await browser.newContext({
    baseURL: visitor.address,
    colorScheme: theme,
    viewport: sizes[width],
    deviceScaleFactor: 1.5,
    hasTouch: width === 'narrow',
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const { username, password } = visitor;
  await context.request.post('api/v1/session', { data: { username, password } });
  await context.addInitScript(() => localStorage.setItem('slipway.signed-in', 'yes'));
  const page = await context.newPage();
  const requests = watchRequests(page);
  for (const screen of wanted) {
    const name = forReadme ? `${screen.name}-${theme}.png` : `${screen.name}-${theme}-${width}.png`;
    await page.goto(screen.path);
    await page.locator('h1').first().waitFor();
    await screen.until(page);
    await requests.atRest();
    await take(page, join(directory, name));
  }
  await context.close();
}

async function take(page: Page, file: string): Promise<void> {
  await writeFile(file, indexed(await page.screenshot({ animations: 'disabled', caret: 'hide' })));
  process.stdout.write(`${file}\n`);
}
