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
