import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Deploy } from '../../../src/contract/deploys.ts';
import { createShip, type Ship } from '../../harness/ship.ts';
import { signIn } from './people.ts';
import type { Visit } from './visitor.ts';

type Where = 'staging' | 'production';

/** A ship whose deploys have three steps; the second says what the test tells it to, until the gate opens. */
export interface TalkingShip extends Ship {
  say(text: string): Promise<void>;
  /** Requests a deploy that waits at the gate, in its second step. */
  begin(where?: Where): Promise<Deploy>;
  end(deploy: Deploy, how?: 'succeeded' | 'failed'): Promise<void>;
  /** From now on the third step fails, or does not any more. */
  breakSteps(broken: boolean): Promise<void>;
  /** The page of a deploy, as somebody of its team. */
  watch(visit: Visit, deploy: Deploy, options?: WatchOptions): Promise<Page>;
}

export interface WatchOptions {
  readonly role?: 'viewer' | 'member';
  readonly hash?: string;
  readonly narrow?: boolean;
  readonly tolerate?: readonly RegExp[];
  /** Instead of the server's own. */
  readonly address?: string;
}

export async function createTalkingShip(): Promise<TalkingShip> {
  const ship = await createShip();
  const inScratch = (name: string) => join(ship.scratch, name);
  await ship.configure({ app: { steps: steps(ship.scratch) } });
  return Object.assign(ship, {
    say: async (text: string) => {
      await writeFile(inScratch('saying'), text);
      await rename(inScratch('saying'), inScratch('say'));
    },
    begin: async (where: Where = 'staging') => {
      await ship.closeGate(where);
      onTestFinished(() => ship.openGate(where));
      const deploy = await ship.deploy(where, undefined, { force: 'once more' });
      await ship.until(deploy, 'running');
      return deploy;
    },
    end: async (deploy: Deploy, how: 'succeeded' | 'failed' = 'succeeded') => {
      await ship.openGate(deploy.environment === 'staging' ? 'staging' : 'production');
      await ship.until(deploy, how);
    },
    breakSteps: async (broken: boolean) => {
      if (broken) await writeFile(inScratch('broken'), '');
      else await rm(inScratch('broken'), { force: true });
    },
    watch: async (visit: Visit, deploy: Deploy, options: WatchOptions = {}) => {
      const { role = 'member', hash = '', narrow = false, tolerate = [], address } = options;
      const page = await visit(address ?? ship.api.address, { narrow, tolerate });
      await signIn(page, ship.api, role, ['web']);
      await page.goto(`${addressOf(deploy)}${hash}`);
      await page.getByRole('heading', { name: deploy.name }).waitFor();
      return page;
    },
  });
}

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

export const addressOf = ({ app, environment, number }: Deploy) =>
  `apps/${app}/${environment}/deploys/${number}`;
/** The lines of the log, as they scroll. */
export const logOf = (page: Page) => page.locator('[data-log]');
export const lineOf = (page: Page, number: number) => page.locator(`[data-line="${number}"]`);
export const stateOf = (page: Page) => page.getByRole('region', { name: 'State' });
