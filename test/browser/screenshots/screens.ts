import type { Page } from 'playwright-core';

/** A picture to take. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Waits until all is there that belongs into the picture. */
  until(page: Page): Promise<void>;
  /** The README shows it, as wide as this. */
  readonly inReadme?: 'wide' | 'narrow';
}

const text = (wanted: string | RegExp) => async (page: Page) => {
  await page.getByRole('main').getByText(wanted).first().waitFor();
};

/** The sample checks a branch whose tests fail. */
const failedRuns = '/runs?branch=broken-tests&conclusion=failure';

/** The main screens; some of them the README shows. */
export const screens: readonly Screen[] = [
  { name: 'overview', path: '/', until: text('harbor'), inReadme: 'wide' },
  { name: 'ladder', path: '/apps/harbor', until: lookAtCommit, inReadme: 'wide' },
  {
    name: 'ship',
    path: '/apps/harbor/ship?environment=production',
    until: text('Ship it!'),
    inReadme: 'wide',
  },
  { name: 'deploy', path: '/apps/harbor/staging/deploys/4', until: text(/succeeded:/), inReadme: 'wide' },
  { name: 'rollback', path: '/apps/harbor', until: askToRollBack, inReadme: 'narrow' },
  { name: 'run', path: failedRuns, until: openFailedRun, inReadme: 'wide' },
  { name: 'job', path: failedRuns, until: openFailedJob, inReadme: 'wide' },
  { name: 'deploys', path: '/deploys', until: text('harbor/production#2') },
  { name: 'project', path: '/projects/storefront', until: text(/https?:\/\//) },
  { name: 'settings', path: '/settings/users', until: text('Ines Duarte') },
];

/** What would ship is shown for the commit that one looks at. */
async function lookAtCommit(page: Page): Promise<void> {
  await text(/Tides: low water too/)(page);
  for (const key of ['j', 'j', 'j']) await page.keyboard.press(key);
  await page.locator('[role=row][aria-current=true]').waitFor();
}

async function askToRollBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Roll back…' }).first().click();
  await page
    .getByRole('dialog')
    .getByText(/^It takes away/)
    .waitFor();
}

async function openFailedRun(page: Page): Promise<void> {
  await page.locator('[data-row-link]').first().click();
  await page.getByRole('region', { name: 'Graph of jobs' }).waitFor();
}

async function openFailedJob(page: Page): Promise<void> {
  await openFailedRun(page);
  await page.getByRole('link', { name: 'unit (UTC)' }).first().click();
  // The pointer rests on nothing that has a tip.
  await page.mouse.move(0, 0);
  await page.getByRole('region', { name: 'Log of the job' }).locator('[data-line]').first().waitFor();
}
