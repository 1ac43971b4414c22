import { join, relative } from 'node:path';
import { packageRoot, readSettings, type Settings } from '../../platform/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How to call `slipway` for this data directory, as it can be typed where Slipway was started: `bin/slipway`
 * in the checkout. npm tells that place in INIT_CWD.
 */
export function slipwayCommand(
  settings: Settings,
  environment: Environment,
  workingDirectory: string,
): string {
  const { SLIPWAY_DATA_DIR: _, ...others } = environment;
  const program = pathFrom(environment.INIT_CWD ?? workingDirectory, join(packageRoot, 'bin', 'slipway'));
  const isUsual = settings.dataDir === readSettings(others).dataDir;
  return isUsual ? program : `SLIPWAY_DATA_DIR=${quoteForShell(settings.dataDir)} ${program}`;
}

/** Relative to the place if it lies below it. */
export function pathFrom(place: string, path: string): string {
  const way = relative(place, path);
  return quoteForShell(way.startsWith('..') ? path : way);
}

const quoteForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
