import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SampleFile, SampleFiles, Tree } from './tellStory.ts';

const root = fileURLToPath(new URL('../app/', import.meta.url));

/** Reads `sample/app`: a directory for each branch that has files of its own. */
export async function readSampleFiles(): Promise<SampleFiles> {
  const branches = await readdir(root);
  return new Map(
    await Promise.all(branches.map(async (branch) => [branch, await readTree(join(root, branch))] as const)),
  );
}

async function readTree(directory: string): Promise<Tree> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      paths.sort().map(async (path) => [relative(directory, path), await readSampleFile(path)] as const),
    ),
  );
}

async function readSampleFile(path: string): Promise<SampleFile> {
  const { mode } = await stat(path);
  return { content: await readFile(path, 'utf8'), executable: (mode & 0o100) !== 0 };
}
