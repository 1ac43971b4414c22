import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { applyConfiguration } from '../modules/apps/index.ts';
import { systemActor } from '../platform/actor.ts';
import { AppError, systemCode } from '../platform/errors.ts';
import type { Settings } from '../platform/settings.ts';
import type { Core } from './core.ts';

/** Declares what the slipway.yml of the settings says, if they name one. */
export async function applyConfigurationFile(core: Core): Promise<void> {
  const file = await readConfigurationFile(core.settings);
  if (file !== undefined) await applyConfiguration(core.db, core.now(), systemActor, file);
}

/** The slipway.yml to apply on start: the one that is named, or none. */
async function readConfigurationFile(
  settings: Settings,
): Promise<{ text: string; name: string } | undefined> {
  const name = settings.configFile;
  if (name === undefined) return undefined;
  try {
    return { text: await readFile(resolve(name), 'utf8'), name };
  } catch (error) {
    throw new AppError(
      'invalid_input',
      `the configuration file ${name} cannot be read (${systemCode(error)}); see SLIPWAY_CONFIG and --config`,
      {},
      { cause: error },
    );
  }
}
