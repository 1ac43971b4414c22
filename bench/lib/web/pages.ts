import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { wallClock } from '../clock.ts';
import type { RunningSlipway } from '../slipway.ts';

/** Who looks at the pages that are measured. */
export const person = { username: 'bench', password: 'correct horse battery' };

/** A page of somebody who is signed in. */
export async function openPage({ url }: RunningSlipway, browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: `${url}/`, viewport: { width: 1280, height: 900 } });
  const answer = await context.request.post('api/v1/session', { data: person });
  if (answer.status() !== 201) throw new Error(`signing in failed: ${await answer.text()}`);
  await context.addInitScript({ path: join(import.meta.dirname, '..', '..', 'programs', 'pageProbe.js') });
  await context.addInitScript(`localStorage.setItem('slipway.signed-in', 'yes')`);
  return context.newPage();
}

/** The wall clock when the text is on the page, drawn. */
export const shows = (page: Page, text: string): Promise<number> =>
  page.evaluate<number>(`probe.shows(${JSON.stringify(text)})`);

export interface Opening {
  readonly rounds: number;
  readonly warmUps: number;
  /** What is done once it is there; answers the clock when that was done. By default nothing. */
  readonly then?: (page: Page) => Promise<number>;
}

/** From asking for the page, as if it were gone to for the first time, until the text is on the screen. */
export async function open(
  page: Page,
  address: string,
  text: string,
  { rounds, warmUps, then }: Opening,
): Promise<number[]> {
  const samples: number[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    // Another document first: only the part after # would change.
    await page.goto('about:blank');
    const began = wallClock();
    await page.goto(address, { waitUntil: 'commit' });
    const shown = await shows(page, text);
    const took = (then === undefined ? shown : await then(page)) - began;
    if (round >= 0) samples.push(took);
  }
  return samples;
}
