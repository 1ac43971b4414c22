import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitOptions, runGit } from './git.ts';

const writeTimeoutMs = 30 * 60_000;

/**
 * Adds new commits to the mirror's commit-graph, which is what makes listing and comparing fast. Only new
 * commits are read: layers are added and merged as they grow.
 */
export async function writeCommitGraph(
  directory: string,
  changed: boolean,
  options: GitOptions,
): Promise<void> {
  if (!changed && (await hasCommitGraph(directory))) return;
  await write(directory, '--split', options);
}

/** Writes it anew as one layer, without the commits that gc has removed. */
export async function rewriteCommitGraph(directory: string, options: GitOptions): Promise<void> {
  await write(directory, '--split=replace', options);
}

async function write(directory: string, split: string, options: GitOptions): Promise<void> {
  const args = ['commit-graph', 'write', '--reachable', '--changed-paths', split, '--no-progress'];
  await runGit(args, { ...options, gitDir: directory, timeoutMs: writeTimeoutMs });
}

async function hasCommitGraph(directory: string): Promise<boolean> {
  const info = join(directory, 'objects', 'info');
  const places = [join(info, 'commit-graph'), join(info, 'commit-graphs', 'commit-graph-chain')];
  const found = await Promise.allSettled(places.map((place) => access(place)));
  return found.some(({ status }) => status === 'fulfilled');
}
