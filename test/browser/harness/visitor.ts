import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';

export interface VisitOptions {
  /** As on a phone. */
  readonly narrow?: boolean;
  readonly theme?: 'light' | 'dark';
  /** Complaints of the browser that this test provokes; everything else fails it. */
  readonly tolerate?: readonly RegExp[];
  readonly context?: BrowserContextOptions;
}

/** Opens pages of `address`; each ends with its test, and fails it when the browser complained. */
export type Visit = (address: string, options?: VisitOptions) => Promise<Page>;

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** One browser for a test file. Call it at the top of the file. */
export function browserForFile(): Visit {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return async (address, options = {}) => {
    if (browser === undefined) throw new Error('visit before the browser was launched');
    return open(browser, address, options);
  };
}

async function open(
  browser: Browser,
  address: string,
  { narrow = false, theme = 'light', tolerate = [], context: more = {} }: VisitOptions,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address,
    colorScheme: theme,
    viewport: narrow ? phone : wide,
    hasTouch: narrow,
    locale: 'en-GB',
    timezoneId: 'Europe/Lisbon',
    reducedMotion: 'reduce',
    ...more,
  });
  // Only what hangs shall end by it: two busy cores take their time.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const complaints = listen(page, new URL(address).origin);
  onTestFinished(async () => {
    await context.close();
    expect(complaints.filter((complaint) => !tolerate.some((known) => known.test(complaint)))).toEqual([]);
  });
  return page;
}

/** Errors on the console (violations of the security policy among them), in scripts, and requests to anybody else. */
function listen(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) complaints.push(`request: ${url}`);
  });
  return complaints;
}
