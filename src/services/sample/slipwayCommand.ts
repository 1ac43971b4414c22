import { join } from 'node:path';
import { packageRoot, readSettings, type Settings } from '../../platform/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How to call `slipway` for this data directory, as it can be typed where Slipway was started (npm tells that
 * place in INIT_CWD): `bin/slipway` in the checkout, the whole path elsewhere.
 */
export function slipwayCommand(
  settings: Settings,
  environment: Environment,
  workingDirectory: string,
): string {
  const { SLIPWAY_DATA_DIR: _, ...others } = environment;
  const place = environment.INIT_CWD ?? workingDirectory;
  const program = place === packageRoot ? 'bin/slipway' : quoteForShell(join(packageRoot, 'bin', 'slipway'));
  const isUsual = settings.dataDir === readSettings(others).dataDir;
  return isUsual ? program : `SLIPWAY_DATA_DIR=${quoteForShell(settings.dataDir)} ${program}`;
}

const quoteForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
