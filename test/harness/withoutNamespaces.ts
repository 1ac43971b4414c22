import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** A PATH on which everything is found but the tools that make process namespaces: links in a new `directory`. */
export async function pathWithoutNamespaces(directory: string): Promise<string> {
  await mkdir(directory);
  // From the last to the first, so that what comes first wins.
  for (const place of (process.env.PATH ?? '').split(':').reverse()) {
    for (const name of await readdir(place).catch(() => [])) {
      if (name === 'unshare' || name === 'nsenter') continue;
      await symlink(join(place, name), join(directory, name)).catch(() => {});
    }
  }
  return directory;
}
