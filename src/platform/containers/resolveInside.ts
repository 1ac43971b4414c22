import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const mostLinks = 40;

/**
 * Where a path of another root lies for this process: links are followed as they are meant there. Of what does not exist, where
 * it would be.
 */
export function resolveInside(root: string, path: string): string {
  let done = '/';
  let links = 0;
  const rest = path.split('/').filter(Boolean);
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === '.') continue;
    if (name === '..') {
      done = dirname(done);
      continue;
    }
    const target = linkAt(join(root, done, name));
    if (target === null) done = join(done, name);
    else {
      links += 1;
      if (links > mostLinks) return join(root, done, name);
      if (target.startsWith('/')) done = '/';
      rest.unshift(...target.split('/').filter(Boolean));
    }
  }
  return join(root, done);
}

function linkAt(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    // Whoever opens it hears what is wrong.
    return null;
  }
}
