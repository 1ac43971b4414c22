import type { Browser, Page } from 'playwright-core';
import type { Measurement } from '../bench.ts';
import type { RunningSlipway } from '../slipway.ts';
import { open, openPage } from './pages.ts';

const rounds = 20;
const warmUps = 2;
const wheelsARound = 20;

/** The Ladder of an app whose repository has so many commits, beside a page with nothing on it. */
export async function measureLadder(
  slipway: RunningSlipway,
  browser: Browser,
  { app, commits }: { app: string; commits: number },
): Promise<Measurement[]> {
  const page = await openPage(slipway, browser);
  const newest = `Change ${commits}`;
  const then = moveDown;
  const opened = await open(page, `apps/${app}`, newest, { rounds, warmUps, then });
  const floor = {
    what: 'a page with nothing on it',
    samples: await open(page, 'nowhere', 'There is nothing at', { rounds, warmUps }),
  };
  await page.goto(`apps/${app}`);
  await page.getByText(newest).first().waitFor();
  return [
    {
      what: `ladder of ${commits.toLocaleString('en')} commits → shown, and has answered a key`,
      unit: 'ms',
      samples: opened,
      floor,
      aim: { of: 'p95', limit: 1000 },
    },
    {
      what: 'scrolling through them: the longest task of a round',
      unit: 'ms',
      samples: await longestTasks(page, browser),
      aim: { of: 'p99', limit: 50 },
    },
  ];
}

/** Presses a key and waits for what it does: a page that is shown may still be deaf. */
const moveDown = (page: Page): Promise<number> =>
  page.evaluate<number>('probe.pressed("j", "[role=row][aria-current=true]")');

/** How many milliseconds of its thread the longest task took while one scrolls: not of the clock, which others share. */
async function longestTasks(page: Page, browser: Browser): Promise<number[]> {
  await page.mouse.move(700, 600);
  const longest: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    for (let wheel = 0; wheel < wheelsARound; wheel += 1) await page.mouse.wheel(0, 700);
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    longest.push(Math.max(0, ...tasksOf(trace.traceEvents)));
  }
  return longest;
}

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  readonly tdur?: number;
}

function tasksOf(events: readonly TraceEvent[]): number[] {
  const drawing = new Set(events.filter(({ name }) => name === 'Layout').map(({ tid }) => tid));
  return events
    .filter(({ name, tid }) => name === 'RunTask' && drawing.has(tid))
    .map(({ tdur = 0 }) => tdur / 1000);
}
