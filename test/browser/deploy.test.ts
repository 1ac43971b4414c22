import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Deploy } from '../../src/contract/deploys.ts';
import { scoped } from '../harness/scoped.ts';
import { createShip, type Ship } from '../harness/ship.ts';
import { expectAccessible } from './harness/accessible.ts';
import { signIn } from './harness/people.ts';
import { browserForFile } from './harness/visitor.ts';
import { layWire } from './harness/wire.ts';

const visit = browserForFile();
let ship: Ship;
/** A deploy of three steps that has ended well. */
let done: Deploy;
beforeAll(async () => {
  ship = await createShip();
  await ship.configure({ app: { steps: steps(ship.scratch) } });
  done = await ship.ship('staging');
});
afterAll(() => ship.close());

/** The second step says what the test tells it to, until the gate opens. */
const steps = (scratch: string) => [
  {
    name: 'Build',
    run: `printf '\\033[31mred\\033[0m and \\033[1mbold\\n'; echo 'still bold'; printf '\\033[0m'
seq -f 'module %.0f of 400' 400; printf 'at 10 %%\\rat 100 %%\\n'; echo 'see https://example.com/build?a=1.'`,
  },
  {
    name: 'Release',
    run: `while [ -e ${scratch}/$SLIPWAY_ENVIRONMENT-closed ]; do
  if [ -e ${scratch}/say ]; then cat ${scratch}/say; rm ${scratch}/say; fi; sleep 0.02; done`,
  },
  { name: 'Check', run: `echo checked; [ ! -e ${scratch}/broken ]` },
];

async function say(text: string): Promise<void> {
  await writeFile(join(ship.scratch, 'saying'), text);
  await rename(join(ship.scratch, 'saying'), join(ship.scratch, 'say'));
}

const addressOf = ({ app, environment, number }: Deploy) => `apps/${app}/${environment}/deploys/${number}`;
const logOf = (page: Page) => page.getByLabel('Log', { exact: true }).and(page.locator('section'));
const lineOf = (page: Page, number: number) => page.locator(`[data-line="${number}"]`);
const stateOf = (page: Page) => page.getByRole('region', { name: 'State' });
const following = (page: Page) =>
  logOf(page).evaluate((log) => log.scrollTop + log.clientHeight >= log.scrollHeight - 2);

async function begin(where: 'staging' | 'production' = 'staging'): Promise<Deploy> {
  await ship.closeGate(where);
  onTestFinished(() => ship.openGate(where));
  const deploy = await ship.deploy(where, undefined, { force: 'once more' });
  await ship.until(deploy, 'running');
  return deploy;
}
async function end(deploy: Deploy, ...states: ('succeeded' | 'failed' | 'cancelled')[]): Promise<void> {
  await ship.openGate(deploy.environment === 'staging' ? 'staging' : 'production');
  await ship.until(deploy, ...(states.length === 0 ? (['succeeded'] as const) : states));
}
async function watch(deploy: Deploy, role: 'viewer' | 'member' = 'member', hash = ''): Promise<Page> {
  const page = await visit(ship.api.address);
  await signIn(page, ship.api, role, ['web']);
  await page.goto(`${addressOf(deploy)}${hash}`);
  await page.getByRole('heading', { name: deploy.name }).waitFor();
  return page;
}

describe('a deploy that goes on', () => {
  it('is watched by two to its end: state, steps, log, title and who else looks', async () => {
    const deploy = await begin();
    const first = await watch(deploy, 'viewer');
    await stateOf(first).getByText('Running', { exact: true }).waitFor();
    const second = await watch(deploy);
    await second.getByText('Watching too:').waitFor();
    await second.getByText('viewer.web').waitFor();

    await say('the tide is right\n');
    await first.getByText('the tide is right').waitFor();
    await expect.poll(() => first.title()).toMatch(/% · harbor\/staging#\d+ · Slipway/);
    await end(deploy);
    for (const page of [first, second]) {
      await stateOf(page).getByText('Succeeded').waitFor();
      await stateOf(page).getByText('Live in staging').waitFor();
      await logOf(page)
        .getByText(/✓ harbor\/staging#\d+ succeeded/)
        .waitFor();
    }
    await expect.poll(() => first.title()).toBe(`${deploy.name} · Slipway`);
    expect(await first.locator('link[rel="icon"]').getAttribute('href')).toMatch(/^data:image\/svg/);
    // Who only looks is offered nothing to do.
    expect(await first.getByRole('button', { name: 'Roll back' }).count()).toBe(0);
  });

  it('keeps the end of its log in view until one scrolls up, and offers to come back', async () => {
    const deploy = await begin();
    const page = await watch(deploy);
    const many = (what: string) => Array.from({ length: 300 }, (_, i) => `${what} ${i + 1}\n`).join('');
    await say(many('wave'));
    await logOf(page).getByText('wave 300', { exact: true }).waitFor();
    expect(await following(page)).toBe(true);

    await logOf(page).hover();
    await page.mouse.wheel(0, -600);
    const back = page.getByRole('button', { name: 'Follow' });
    await back.waitFor();
    const inView = await page.locator('[data-line]').nth(20).getAttribute('data-line');
    await say(many('swell'));
    await back.getByText('300 new').waitFor();
    expect(await page.locator(`[data-line="${inView}"]`).isVisible()).toBe(true);
    await back.click();
    await logOf(page).getByText('swell 300', { exact: true }).waitFor();
    await back.waitFor({ state: 'hidden' });
    await end(deploy);
  });

  it('is cancelled once it was said what that means', async () => {
    const deploy = await begin();
    const page = await watch(deploy);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Cancel ${deploy.name}?` });
    await dialog.getByText('“Release”, is ended where it is').waitFor();
    await dialog.getByRole('button', { name: 'Cancel the deploy' }).dblclick();
    await stateOf(page).getByText('Cancelled').first().waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Re-deploy' }).waitFor();
    await ship.openGate('staging');
  });

  it('goes on where it stopped when the connection comes back', async () => {
    const wire = await scoped(layWire(ship.api.address));
    const deploy = await begin();
    const page = await visit(wire.url, { tolerate: [/Failed to load resource|ERR_/] });
    await signIn(page, ship.api, 'viewer', ['web']);
    await page.goto(addressOf(deploy));
    await say('before the storm\n');
    await page.getByText('before the storm').waitFor();
    wire.cut();
    await page.getByText('The connection to the log broke').waitFor();
    await say('during the storm\n');
    wire.mend();
    await logOf(page).getByText('during the storm').waitFor();
    await say('after the storm\n');
    await logOf(page).getByText('after the storm').waitFor();
    const texts = await page.locator('[data-line]').allTextContents();
    expect(texts.filter((text) => text.includes('the storm'))).toHaveLength(3);
    await end(deploy);
    await stateOf(page).getByText('Succeeded').waitFor();
  });

  it('tells in a notification how it ended, when that was asked for', async () => {
    const deploy = await begin();
    const page = await watch(deploy);
    await page.context().grantPermissions(['notifications']);
    await page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      window.Notification = class extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          told.push(`${title} | ${options?.body}`);
        }
      };
    });
    await page.getByRole('button', { name: 'Notify me' }).click();
    await page.getByRole('button', { name: 'You will be notified' }).waitFor();
    await writeFile(join(ship.scratch, 'broken'), '');
    await end(deploy, 'failed');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { told: string[] }).told))
      .toEqual([expect.stringContaining(`${deploy.name}: Failed | Step 3 "Check"`)]);
    await rename(join(ship.scratch, 'broken'), join(ship.scratch, 'mended'));
    await logOf(page).getByText('✗ harbor/staging').waitFor();
  });
});

describe('a deploy that waits', () => {
  it('says why and who can clear it, and is started when it is held', async () => {
    const lock = await ship.lock({ app: 'harbor', environment: 'production' }, 'High tide only');
    const deploy = await ship.deploy('production');
    const page = await watch(deploy);
    await page.getByRole('heading', { name: 'Why it is not moving' }).waitFor();
    await page.getByText('High tide only').first().waitFor();
    await page.getByText('Cleared by').waitFor();
    await page.getByText('appears here as soon as it starts').waitFor();
    await expectAccessible(page);

    await ship.unlock(lock);
    await stateOf(page).getByText('Held').waitFor();
    await page.getByRole('button', { name: 'Start it' }).click();
    await stateOf(page).getByText('Succeeded').waitFor();
    await logOf(page).getByText('checked', { exact: true }).waitFor();
  });
});

describe('a deploy that has ended', () => {
  it('is shipped again and rolled back from its page', async () => {
    await ship.push('A second change');
    const second = await ship.ship('staging');
    const page = await watch(second);
    await page.getByRole('button', { name: 'Re-deploy' }).click();
    await page.waitForURL(new RegExp(`deploys/${second.number + 1}$`));
    await stateOf(page).getByText('Succeeded').waitFor();

    await page.getByRole('button', { name: 'Roll back', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Roll back harbor/staging' });
    await dialog.getByText('A second change').first().waitFor();
    await dialog.getByRole('button', { name: /^Roll back to/ }).click();
    await page.waitForURL(new RegExp(`deploys/${second.number + 2}$`));
    await stateOf(page).getByText('Succeeded').waitFor();
    await page.getByText('Rolled back by').waitFor();
  });

  it('asks before an older commit takes the place of a newer one, and shows there why it was refused', async () => {
    await ship.push('A newer change');
    await ship.ship('production');
    await ship.push('The newest change');
    await ship.ship('production');
    const older = await ship.show({ ...done, environment: 'production', number: 1 });
    const page = await watch(older);
    const lock = await ship.lock({ app: 'harbor' }, 'Nobody moves');
    await page.getByRole('button', { name: 'Re-deploy' }).click();
    const dialog = page.getByRole('dialog', { name: /Ship .* to production again/ });
    await dialog.getByText('The newest change').waitFor();
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await ship.unlock(lock);
  });

  it('is not there, and says so', async () => {
    const page = await visit(ship.api.address, { tolerate: [/404/] });
    await signIn(page, ship.api, 'viewer', ['web']);
    await page.goto('apps/harbor/staging/deploys/999');
    await page.getByText('There is no deploy harbor/staging#999').waitFor();
    await page.getByRole('link', { name: 'Deploys of harbor' }).waitFor();
    expect(await page.title()).toBe('harbor/staging#999 · Slipway');
  });
});

describe('a log', () => {
  it('has its colours from line to line, and its addresses as links', async () => {
    const page = await watch(done, 'viewer');
    const red = lineOf(page, 3).getByText('red', { exact: true });
    expect(await red.evaluate((text) => getComputedStyle(text).color)).toBe('rgb(255, 148, 132)');
    const weight = (text: string) =>
      logOf(page)
        .getByText(text, { exact: true })
        .evaluate((element) => getComputedStyle(element).fontWeight);
    expect(await weight('still bold')).toBe('700');
    await page.getByRole('textbox', { name: 'Search the log' }).fill('at 100 %');
    const link = logOf(page).getByRole('link', { name: 'https://example.com/build?a=1' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    await logOf(page).getByText('at 100 %').waitFor();
    expect(await logOf(page).getByText('at 10 %', { exact: true }).count()).toBe(0);
  });

  it('is linked to by lines, alone and from one to another', async () => {
    const page = await watch(done, 'viewer');
    await lineOf(page, 5).getByRole('link', { name: 'Line 5' }).click();
    expect(new URL(page.url()).hash).toBe('#L5');
    await lineOf(page, 9)
      .getByRole('link', { name: 'Line 9' })
      .click({ modifiers: ['Shift'] });
    expect(new URL(page.url()).hash).toBe('#L5-L9');
    await page.getByText('Lines 5–9').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy text' }).click();
    await page.getByText('Text copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(
      'module 1 of 400\nmodule 2 of 400\nmodule 3 of 400\nmodule 4 of 400\nmodule 5 of 400\n',
    );

    const other = await watch(done, 'viewer', '#L300');
    await lineOf(other, 300).getByText('module 296 of 400').waitFor();
    expect(await lineOf(other, 300).isVisible()).toBe(true);
  });

  it('is searched to its end, by keys alone', async () => {
    const page = await watch(done, 'viewer');
    await lineOf(page, 1).waitFor();
    await page.keyboard.press('s');
    await page.keyboard.type('39 of');
    await page.getByText('1 of 4', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 of 4', { exact: true }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+Enter');
    await page.getByText('4 of 4', { exact: true }).waitFor();
    await logOf(page).locator('mark', { hasText: '39 of' }).first().waitFor();
    expect(await logOf(page).getByText('module 339 of').first().isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('4 of 4', { exact: true }).waitFor({ state: 'hidden' });
  });

  it('is folded by steps, unfolded by what leads into it, and gone to by the step’s name', async () => {
    const page = await watch(done, 'viewer');
    await page.getByRole('button', { name: 'Lines of step 1' }).click();
    await logOf(page).getByText('404 lines').waitFor();
    await logOf(page).getByText('▸ step 3/3 Check').waitFor();
    expect(await lineOf(page, 20).count()).toBe(0);
    await page.getByRole('textbox', { name: 'Search the log' }).fill('module 200 of');
    await logOf(page).locator('mark', { hasText: 'module 200 of' }).waitFor();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await expect.poll(() => logOf(page).getByText('▸ step 3/3 Check').isVisible()).toBe(true);
  });

  it('is wrapped on a phone, and scrolls to its very end', async () => {
    const page = await visit(ship.api.address, { narrow: true });
    await signIn(page, ship.api, 'viewer', ['web']);
    await page.goto(addressOf(done));
    await lineOf(page, 2).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await logOf(page).press('End');
    await logOf(page)
      .getByText(/✓ harbor\/staging#1 succeeded/)
      .waitFor();
    await expectAccessible(page);
  });

  it('is accessible, with everything on it', async () => {
    const page = await watch(done, 'member', '#L4-L6');
    await page.getByRole('button', { name: 'Re-deploy' }).waitFor();
    await page.getByRole('textbox', { name: 'Search the log' }).fill('module 4');
    await page.getByText('1 of 12', { exact: true }).waitFor();
    await expectAccessible(page);
  });
});
