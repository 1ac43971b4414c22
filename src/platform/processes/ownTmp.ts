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
  const entries = new Set(keep.flatMap(entryOfTmp));
  const binds: [string, string][] = [];
  for (const entry of entries) {
    const target = join(directory, entry);
    mkdirSync(target, { recursive: true });
    binds.push([join('/tmp', entry), target]);
  }
  return [...binds, [directory, '/tmp']];
}

function entryOfTmp(path: string): string[] {
  if (dirname(path) === '/tmp') return [path.slice('/tmp/'.length)];
  return path.startsWith('/tmp/') ? [path.split('/')[2] ?? ''] : [];
}
