import type { Page } from 'playwright-core';

/** A picture to take. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Waits until all is there that belongs into the picture. */
  until(page: Page): Promise<void>;
}

const text = (wanted: string | RegExp) => async (page: Page) => {
  await page.getByRole('main').getByText(wanted).first().waitFor();
};

/** The main screens, as the README shows them. */
export const screens: readonly Screen[] = [
  { name: 'overview', path: '/', until: text('harbor') },
  { name: 'ladder', path: '/apps/harbor', until: text(/Tides: low water too/) },
  { name: 'ship', path: '/apps/harbor/ship?environment=production', until: text('Ship it!') },
  { name: 'deploy', path: '/apps/harbor/production/deploys/2', until: text(/logo-\w+/) },
  { name: 'deploys', path: '/deploys', until: text('harbor/production#2') },
  { name: 'project', path: '/projects/storefront', until: text(/https?:\/\//) },
  { name: 'settings', path: '/settings/users', until: text('Ines Duarte') },
];
