import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Candidate } from './plan.ts';

/** The workflow files of the checkout that a directory lies in; where there are none, any file. */
export async function workflowsAround(directory: string): Promise<readonly Candidate[]> {
  const names = await readdir(join(directory, '.github', 'workflows')).catch(() => []);
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length > 0) return files.map((word) => ({ word, meaning: '' }));
  const parent = dirname(directory);
  return parent === directory ? [{ word: ':files', meaning: '' }] : workflowsAround(parent);
}
