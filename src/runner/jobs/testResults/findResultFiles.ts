import { opendir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import picomatch from 'picomatch';

/** What test runners call their results when nobody says otherwise. */
const usual = ['**/junit*.xml', '**/TEST-*.xml', '**/test-results/**/*.xml'];
const skipped = new Set(['.git', 'node_modules']);
const mostEntries = 200_000;

/**
 * Files of test results in a workspace, by their usual names and by `globs`, which may be relative to it; symbolic links
 * are not followed, so that nothing outside is read. `incomplete`: there were too many files to look at all.
 */
export async function findResultFiles(
  workspace: string,
  globs: readonly string[],
): Promise<{ files: string[]; incomplete: boolean }> {
  const named = globs.map((glob) => glob.replace(/^\.\//, '').replace(`${workspace}/`, ''));
  const matches = picomatch([...usual, ...named.filter((glob) => glob !== '')], { dot: true, nocase: true });
  const files: string[] = [];
  let entries = 0;
  for await (const path of filesBelow(workspace)) {
    entries += 1;
    if (entries > mostEntries) return { files: files.sort(), incomplete: true };
    if (path.endsWith('.xml') && matches(relative(workspace, path))) files.push(path);
  }
  return { files: files.sort(), incomplete: false };
}

async function* filesBelow(top: string): AsyncGenerator<string> {
  const directories = [top];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    // One that cannot be read, or is gone, has no results.
    const listing = await opendir(directory).catch(() => null);
    if (listing === null) continue;
    for await (const entry of listing) {
      const path = join(directory, entry.name);
      if (entry.isFile()) yield path;
      else if (entry.isDirectory() && !skipped.has(entry.name)) directories.push(path);
    }
  }
}
