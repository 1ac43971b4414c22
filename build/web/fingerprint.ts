import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from './paths.ts';

const ingredients = ['src/web', 'src/contract', 'build/web', 'package-lock.json'];

/** A hash of all that the built app is made of: sources, contract, packages and this build itself. */
export async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesOf(ingredients)) {
    const content = createHash('sha256').update(await readFile(join(packageRoot, path)));
    hash.update(`${content.digest('hex')}  ${path}\n`);
  }
  return hash.digest('hex');
}

async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      if (/\.\w+$/.test(path)) return [path];
      const entries = await readdir(join(packageRoot, path), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(packageRoot.length + 1));
    }),
  );
  return files.flat().sort();
}
