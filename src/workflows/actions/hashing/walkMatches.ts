import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import { isInside } from '../../../platform/paths.ts';
import type { GlobPattern } from './globPattern.ts';
import { matchPatterns } from './matchPatterns.ts';

export interface WalkOptions {
  /** Absolute. Nothing outside of it is looked at, whatever patterns and links say. */
  readonly workspace: string;
  readonly patterns: readonly GlobPattern[];
  /** Go into directories that links lead to. */
  readonly followLinks: boolean;
}

/**
 * The files that patterns match, in the order of `@actions/glob`: pattern by pattern where each begins, and from
 * there on in depth, names in the order of their bytes. Links to files count as the file.
 */
export async function* walkMatches(options: WalkOptions): AsyncGenerator<string> {
  const root = await realpath(options.workspace);
  for (const path of searchPaths(options)) yield* walk(path, options, root, []);
}

/** Where patterns begin to be more than names; none that lies below another one. */
function searchPaths({ patterns, workspace }: WalkOptions): string[] {
  const all = new Set(
    patterns.filter(({ negated }) => !negated).map(({ searchPath }) => `/${searchPath.join('/')}`),
  );
  const first = [...all].filter((path) => ![...all].some((other) => other !== path && isInside(other, path)));
  return first.flatMap((path) =>
    isInside(workspace, path) ? [path] : isInside(path, workspace) ? [workspace] : [],
  );
}

async function* walk(
  path: string,
  options: WalkOptions,
  root: string,
  above: readonly string[],
): AsyncGenerator<string> {
  const { file, descend } = matchPatterns(options.patterns, path.split('/').slice(1));
  if (!file && !descend) return;
  const kind = await kindOf(path, root, options.followLinks);
  if (kind === null) return;
  if (kind.directory === null) {
    if (file) yield path;
  } else if (descend && !above.includes(kind.directory)) {
    const names = await readdir(path);
    for (const name of names) yield* walk(join(path, name), options, root, [...above, kind.directory]);
  }
}

/** Null for what is gone, is neither file nor directory, or lies outside of the workspace. */
async function kindOf(
  path: string,
  root: string,
  followLinks: boolean,
): Promise<{ readonly directory: string | null } | null> {
  try {
    const [itself, real] = await Promise.all([lstat(path), realpath(path)]);
    if (!isInside(root, real)) return null;
    const stats = itself.isSymbolicLink() ? await stat(real) : itself;
    if (stats.isFile()) return { directory: null };
    if (!stats.isDirectory() || (itself.isSymbolicLink() && !followLinks)) return null;
    return { directory: real };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return null;
    throw error;
  }
}
