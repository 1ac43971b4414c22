import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Binds } from './startKeeper.ts';

/** A /tmp for a place of its own. */
export interface TmpOfPlace {
  /** Stands for /tmp; exists. */
  readonly directory: string;
  /** Absolute paths that are seen there as everywhere, even if they lie in the real /tmp. */
  readonly keep: readonly string[];
}

/**
 * What to mount so that /tmp is a directory of the place's own. What has to be kept of the real one is mounted into
 * that directory first, by whole entries of /tmp: behind the mount nobody could reach it any more.
 */
export function ownTmp({ directory, keep }: TmpOfPlace): Binds {
  const binds: [string, string][] = [];
  for (const entry of tmpEntries(keep)) {
    const target = join(directory, entry);
    mkdirSync(target, { recursive: true });
    binds.push([join('/tmp', entry), target]);
  }
  return [...binds, [directory, '/tmp']];
}

/** Names of the entries of the real /tmp in which these paths lie, or which they are; each once. */
export const tmpEntries = (paths: readonly string[]): string[] => [...new Set(paths.flatMap(entryOfTmp))];

function entryOfTmp(path: string): string[] {
  if (dirname(path) === '/tmp') return [path.slice('/tmp/'.length)];
  return path.startsWith('/tmp/') ? [path.split('/')[2] ?? ''] : [];
}
