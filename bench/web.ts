import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Deploy } from '../src/contract/deploys.ts';
import { api } from '../src/contract/index.ts';
import { launchChromium } from '../test/browser/harness/chromium.ts';
import { declareApps, untilSucceeded } from './lib/apps.ts';
import type { Bench, Measurement } from './lib/bench.ts';
import { wallClock } from './lib/clock.ts';
import { createLargeRepository } from './lib/largeRepository.ts';
import { type Scratch, withScratch } from './lib/scratch.ts';
import { type RunningSlipway, startSlipway } from './lib/slipway.ts';
import { auditPages, measureFirstLoad } from './lib/web/audit.ts';
import { measureLadder } from './lib/web/ladder.ts';
import { open, openPage, person, shows } from './lib/web/pages.ts';

const manyLines = 1_000_000;
const linesPerSecond = 10_000;
const followSeconds = 10;
const opening = { rounds: 20, warmUps: 2 };
const changes = 40;
const commits = 5000;

/** Every budget of the web app, measured where it is seen: on the screen. */
export const web: Bench = {
  name: 'web',
  about: 'The web app in Chromium: first load, the ladder, long and fast logs, changes of state, an audit',
  run: () => withScratch(measure),
};

async function measure(scratch: Scratch): Promise<Measurement[]> {
  const directory = await scratch.directory();
  const slipway = await startSlipway(scratch, { dataDir: join(directory, 'data') });
  await slipway.client.call(api.createUser, { body: { ...person, role: 'viewer' } });
  const repository = await createLargeRepository(join(directory, 'source.git'), commits);
  await declareApps(slipway.client, repository.directory, [
    app('long', `seq -f 'line %.0f of a log that is as long as any will ever be' ${manyLines}`),
    app('short', `echo 'line 1 of a log that is short'`),
    app('fast', talk),
  ]);
  const browser = await launchChromium();
  scratch.onEnd(() => browser.close());
  const pages = ['.', 'ship', 'deploys', 'projects', 'teams', 'settings/account', 'apps/short'];
  return [
    await measureFirstLoad(slipway, browser, pages),
    ...(await measureLadder(slipway, browser, { app: 'short', commits })),
    ...(await measureOpening(slipway, browser)),
    ...(await measureFollowing(slipway, browser)),
    await measureChanges(slipway, browser),
    await auditPages(slipway, browser, [...pages, 'apps/short/ship', 'apps/short/staging/deploys/1']),
  ];
}

const app = (name: string, run: string) => ({
  name,
  environments: ['staging'],
  steps: [{ name: 'Talk', run }],
});

/** Writes so many lines a second, in bursts of ten milliseconds; each says when it was written. */
const talk = `exec node -e '
  let written = 0;
  const began = Date.now();
  const timer = setInterval(() => {
    const due = (Date.now() - began) * ${linesPerSecond / 1000};
    let text = "";
    for (; written < due; written++) text += "\\x1b[32mline\\x1b[0m " + written + " at " + Date.now() + " of a log that comes fast\\n";
    process.stdout.write(text);
    if (Date.now() - began > ${(followSeconds + 4) * 1000}) clearInterval(timer);
  }, 10);'`;

async function measureOpening(slipway: RunningSlipway, browser: Browser): Promise<Measurement[]> {
  const long = await shipped(slipway, 'long');
  const short = await shipped(slipway, 'short');
  const page = await openPage(slipway, browser);
  const floor = {
    what: 'a log of one line',
    samples: await open(page, addressOf(short), 'line 1 of a log', opening),
  };
  const middle = `#L${manyLines / 2 + 2}`;
  return [
    {
      what: 'page with a log of a million lines → its first lines',
      unit: 'ms',
      samples: await open(page, addressOf(long), 'line 1 of a log', opening),
      floor,
      aim: { of: 'p95', limit: 1000 },
    },
    {
      what: 'link into the middle of it → that line',
      unit: 'ms',
      samples: await open(page, addressOf(long) + middle, `line ${manyLines / 2} of a log`, opening),
      floor,
      aim: { of: 'p95', limit: 1000 },
    },
  ];
}

async function measureFollowing(slipway: RunningSlipway, browser: Browser): Promise<Measurement[]> {
  const deploy = await request(slipway, 'fast');
  const page = await openPage(slipway, browser);
  await page.goto(addressOf(deploy));
  await shows(page, 'of a log that comes fast');
  const { gaps, ages } = await page.evaluate<{ gaps: number[]; ages: number[] }>(
    `probe.frames(${followSeconds * 1000})`,
  );
  await untilSucceeded(slipway.client, deploy);
  const rate = `${linesPerSecond.toLocaleString('en')} lines a second`;
  return [
    { what: `${rate}: written → on the screen`, unit: 'ms', samples: ages, aim: { of: 'p95', limit: 250 } },
    { what: `${rate}: between two frames`, unit: 'ms', samples: gaps, aim: { of: 'p95', limit: 50 } },
  ];
}

/** From asking for a change of state until it is on the screen of somebody else. */
async function measureChanges(slipway: RunningSlipway, browser: Browser): Promise<Measurement> {
  const { client } = slipway;
  await client.call(api.createLock, { body: { app: 'short', reason: 'benchmark' } });
  const page = await openPage(slipway, browser);
  const samples: number[] = [];
  for (let round = 0; round < changes; round += 1) {
    const deploy = await request(slipway, 'short');
    await page.goto(addressOf(deploy));
    await shows(page, 'Why it is not moving');
    await page.locator('[data-live="connected"]').first().waitFor();
    const shown = shows(page, 'before it started');
    const began = wallClock();
    await client.call(api.cancel, { params: paramsOf(deploy) });
    samples.push((await shown) - began);
  }
  return {
    what: 'change of state asked for → on the screen of another',
    unit: 'ms',
    samples,
    aim: { of: 'p95', limit: 250 },
  };
}

const paramsOf = ({ app, environment, number }: Deploy) => ({ app, environment, number });
const addressOf = ({ app, environment, number }: Deploy) => `apps/${app}/${environment}/deploys/${number}`;

const request = ({ client }: RunningSlipway, app: string): Promise<Deploy> =>
  client.call(api.requestDeploy, {
    params: { app, environment: 'staging' },
    body: { force: { reason: 'benchmark' } },
  });

const shipped = async (slipway: RunningSlipway, app: string): Promise<Deploy> =>
  untilSucceeded(slipway.client, await request(slipway, app));
