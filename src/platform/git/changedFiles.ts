import { explainMissing } from './commits.ts';
import { runGit } from './git.ts';
import { assertSha } from './sha.ts';

/**
 * Paths that differ between two commits, both names of a renamed file; every path of `to` when `from` is null.
 * Paths are exactly what git has, so they may hold line feeds and tabs.
 */
export async function changedFiles(directory: string, from: string | null, to: string): Promise<string[]> {
  if (from !== null) assertSha(from);
  assertSha(to);
  const args =
    from === null
      ? ['ls-tree', '-r', '-z', '--name-only', '--full-tree', to]
      : ['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to, '--'];
  try {
    const output = await runGit(args, { gitDir: directory });
    return output
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== '');
  } catch (error) {
    throw await explainMissing(directory, [from, to], error);
  }
}
