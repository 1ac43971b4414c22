import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import { readAction } from '../../language/index.ts';
import type { FoundAction } from '../actionSource.ts';
import { makeBorrowedOrigin } from './borrowedOrigin.ts';
import type { CheckoutSettings } from './checkoutSettings.ts';

const actionFile = join(import.meta.dirname, 'action.yml');

/**
 * Lays out an action that stands in for `actions/checkout` in this run: a JavaScript action like others, whose program
 * carries the settings. The repository that is run is read, and never written to.
 */
export async function layOutCheckout(
  settings: Omit<CheckoutSettings, 'origin'>,
  directory: string,
): Promise<FoundAction> {
  const origin = join(directory, 'origin.git');
  await mkdir(directory, { recursive: true });
  await Promise.all([
    makeBorrowedOrigin(settings.commonDir, origin),
    copyFile(actionFile, join(directory, 'action.yml')),
    writeFile(join(directory, 'main.mjs'), programText({ ...settings, origin })),
  ]);
  const { action } = readAction(await readFile(actionFile, 'utf8'), 'actions/checkout/action.yml');
  if (action === null) throw new AppError('internal', `${actionFile} cannot be read`);
  return { directory, definition: action, builtIn: true };
}

/** With Slipway's own compile cache, where there is one: without it three quarters of the step are spent on reading code. */
function programText(settings: CheckoutSettings): string {
  const program = JSON.stringify(import.meta.resolve('./runCheckout.ts'));
  const cache = getCompileCacheDir();
  return [
    "import { enableCompileCache } from 'node:module';",
    // Node adds a directory for its version below the one that it is given.
    cache === undefined ? '' : `enableCompileCache(${JSON.stringify(dirname(cache))});`,
    `const { runCheckout } = await import(${program});`,
    `process.exitCode = await runCheckout(${JSON.stringify(settings)}, process.env);`,
    '',
  ].join('\n');
}
