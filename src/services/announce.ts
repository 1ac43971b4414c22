import { needsSetUp, setUpCode } from '../modules/auth/index.ts';
import { machineToken } from './machineToken.ts';
import type { Slipway } from './slipway.ts';

/** Tells where everything is, once it works, with `more` about what else was set up. */
export async function announce(
  slipway: Slipway,
  more: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { settings } = slipway.core;
  const lines = [
    '',
    `Slipway is up: ${slipway.url}`,
    ...(await firstSteps(slipway)),
    `  API         ${slipway.url}/api/v1/docs`,
    `  data        ${settings.dataDir} (${slipway.database} PostgreSQL)`,
    ...more,
    '',
    'Ctrl-C stops it.',
  ];
  for (const line of lines) say(line);
}

/** While nobody can sign in. What follows the `#` stays in the browser, and in no log. */
async function firstSteps({ core, url }: Slipway): Promise<string[]> {
  if (!(await needsSetUp(core.db))) return [];
  return [
    `  start here  ${url}/#setup=${setUpCode(await machineToken(core.paths))}  (makes you its first owner)`,
  ];
}
