import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError, systemCode } from '../platform/errors.ts';
import type { Settings } from '../platform/settings.ts';

/** The slipway.yml to apply on start: the one that is named, or none. */
export async function readConfigurationFile(
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
