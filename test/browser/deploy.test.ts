import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { expectAccessible } from './harness/accessible.ts';
import { collectNotifications, listenIn, patience } from './harness/announcements.ts';
import { signIn } from './harness/people.ts';
import { addressOf, createTalkingShip, logOf, stateOf, type TalkingShip } from './harness/talkingShip.ts';
import { browserForFile } from './harness/visitor.ts';

const visit = browserForFile();
let ship: TalkingShip;
beforeAll(async () => {
  ship = await createTalkingShip();
});
afterAll(() => ship.close());

describe('a deploy that goes on', () => {
  it('is watched by two to its end: state, steps, log, title and who else looks', async () => {
    // Without one that went well nobody could say how far it is.
    await ship.ship('staging');
    const deploy = await ship.begin();
    const first = await ship.watch(visit, deploy, { role: 'viewer' });
    await stateOf(first).getByText('Running', { exact: true }).waitFor();
    const second = await ship.watch(visit, deploy);
    await second.getByText('Watching too:').waitFor();
    await second.getByText('viewer.web').waitFor();

    await ship.say('the tide is right\n');
    await first.getByText('the tide is right').waitFor();
    await expect.poll(() => first.title()).toMatch(/% · harbor\/staging#\d+ · Slipway/);
    await ship.end(deploy);
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

  it('is cancelled once it was said what that means', async () => {
    const deploy = await ship.begin();
    const page = await ship.watch(visit, deploy);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Cancel ${deploy.name}?` });
    await dialog.getByText('“Release”, is ended where it is').waitFor();
    await dialog.getByRole('button', { name: 'Cancel the deploy' }).dblclick();
    await stateOf(page).getByText('Cancelled').first().waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Re-deploy' }).waitFor();
    await ship.openGate('staging');
  });

  it('says where it was asked that there is nothing to cancel any more', async () => {
    const deploy = await ship.begin();
    const page = await ship.watch(visit, deploy, { tolerate: [/409/] });
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Cancel ${deploy.name}?` });
    await ship.end(deploy);
    await dialog.getByRole('button', { name: 'Cancel the deploy' }).click();
    await dialog.getByText('there is nothing to cancel').waitFor();
  });

  it.each([
    ['succeeded', 'Succeeded'],
    ['failed', 'Failed | Step 3 "Check"'],
  ] as const)('that %s is told in a notification, when that was asked for', async (how, told) => {
    const deploy = await ship.begin();
    const page = await ship.watch(visit, deploy);
    const notifications = await collectNotifications(page);
    await page.getByRole('button', { name: 'Notify me' }).click();
    await page.getByRole('button', { name: 'You will be notified' }).waitFor();
    await ship.breakSteps(how === 'failed');
    onTestFinished(() => ship.breakSteps(false));
    await ship.end(deploy, how);
    await expect.poll(notifications, patience).toEqual([expect.stringContaining(`${deploy.name}: ${told}`)]);
    await logOf(page)
      .getByText(`${how === 'failed' ? '✗' : '✓'} harbor/staging`)
      .waitFor();
    expect(await notifications()).toHaveLength(1);
  });

  it('is heard when it ends, once sound was wanted, which is remembered', async () => {
    const deploy = await ship.begin();
    const page = await ship.watch(visit, deploy);
    const heard = await listenIn(page);
    await page.getByRole('button', { name: 'Sound', exact: true }).click();
    await expect.poll(heard, patience).toEqual(['up']);

    await page.reload();
    await page.getByRole('button', { name: 'With sound', pressed: true }).waitFor();
    await ship.end(deploy);
    await stateOf(page).getByText('Succeeded').waitFor();
    await expect.poll(heard, patience).toEqual(['up']);

    const next = await ship.begin();
    await page.goto(addressOf(next));
    await stateOf(page).getByText('Running', { exact: true }).waitFor();
    await ship.breakSteps(true);
    onTestFinished(() => ship.breakSteps(false));
    await ship.end(next, 'failed');
    await expect.poll(heard, patience).toEqual(['down']);
  });
});

describe('a deploy that waits', () => {
  it('says why and who can clear it, and is started when it is held', async () => {
    const lock = await ship.lock({ app: 'harbor', environment: 'production' }, 'High tide only');
    const deploy = await ship.deploy('production');
    const page = await ship.watch(visit, deploy);
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
    await ship.push('A first change');
    await ship.ship('staging');
    await ship.push('A second change');
    const second = await ship.ship('staging');
    const page = await ship.watch(visit, second);
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

    // What was rolled back from is not said to be live, nor offered as a way back.
    await page.goto(addressOf(second));
    await stateOf(page).getByText('Not live any more: rolled back to').waitFor();
    await page.getByRole('button', { name: 'Re-deploy' }).waitFor();
    await page.getByRole('link', { name: `#${second.number + 2}` }).waitFor();
    expect(await page.getByRole('button', { name: /Roll back/ }).count()).toBe(0);
  });

  it('asks before an older commit takes the place of a newer one', async () => {
    const older = await ship.ship('production', undefined);
    await ship.push('The newest change');
    await ship.ship('production');
    const page = await ship.watch(visit, older);
    await page.getByRole('button', { name: 'Re-deploy' }).click();
    const dialog = page.getByRole('dialog', { name: /Ship .* to production again/ });
    await dialog.getByText('The newest change').waitFor();
    await dialog.getByRole('button', { name: /^Re-deploy/ }).click();
    await page.waitForURL(/production\/deploys\/\d+$/);
    await stateOf(page).getByText('Succeeded').waitFor();
  });

  it('is not there, and says so', async () => {
    const page = await visit(ship.api.address, { tolerate: [/404/] });
    await signIn(page, ship.api, 'viewer', ['web']);
    await page.goto('apps/harbor/staging/deploys/999');
    await page.getByText('There is no deploy harbor/staging#999').waitFor();
    await page.getByRole('link', { name: 'Deploys of harbor' }).waitFor();
    await expect.poll(() => page.title()).toBe('harbor/staging#999 · Slipway');
  });
});
