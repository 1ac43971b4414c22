import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './settings.ts';

/** The version of this installation. */
export function packageVersion(): string {
  const parsed: { version: string } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return parsed.version;
}
