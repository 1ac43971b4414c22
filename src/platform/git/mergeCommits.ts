import { runGit, streamGit } from './git.ts';
import { GitError } from './gitError.ts';
import { assertSha } from './sha.ts';

export type Merged =
  | { readonly kind: 'merged'; readonly sha: string }
  /** `files`: those that both sides changed in different ways; none when they have no history in common. */
  | { readonly kind: 'conflict'; readonly files: readonly string[] }
  /** This git cannot: it is older than 2.38. */
  | { readonly kind: 'unable' };

const timeoutMs = 60_000;
const mostOutputBytes = 1024 * 1024;
const [name, email] = ['Slipway', 'slipway@noreply.invalid'];

/**
 * Makes the commit that would merge `head` into `base`, without a work tree, in a bare repository. Made again of the
 * same two it is the same commit. Nothing names it: git forgets it after two weeks, unless somebody keeps it.
 */
export async function mergeCommits(directory: string, base: string, head: string): Promise<Merged> {
  assertSha(base);
  assertSha(head);
  const tree = await mergeTrees(directory, base, head);
  if (typeof tree !== 'string') return tree;
  const at = (
    await runGit(['show', '--no-patch', '--format=%ct', head, '--'], { gitDir: directory })
  ).toString();
  const date = `@${at.trim()} +0000`;
  const author = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date };
  const committer = { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date };
  const args = ['commit-tree', tree, '-p', base, '-p', head, '-m', `Merge ${head} into ${base}`];
  const made = await runGit(args, { gitDir: directory, env: { ...author, ...committer } });
  return { kind: 'merged', sha: made.toString().trim() };
}

/** The tree of the merge, or why there is none. */
async function mergeTrees(directory: string, base: string, head: string): Promise<string | Merged> {
  const written: Buffer[] = [];
  let size = 0;
  try {
    const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', base, head];
    for await (const chunk of streamGit(args, { gitDir: directory, timeoutMs })) {
      if (size < mostOutputBytes) written.push(chunk);
      size += chunk.length;
    }
  } catch (error) {
    if (!(error instanceof GitError) || error.stopped !== undefined) throw error;
    if (error.exitCode === 129) return { kind: 'unable' };
    if (error.exitCode === 1) return { kind: 'conflict', files: namesIn(written).slice(1) };
    if (/unrelated histories/.test(error.stderr)) return { kind: 'conflict', files: [] };
    throw error;
  }
  return namesIn(written)[0] ?? '';
}

const namesIn = (written: readonly Buffer[]): string[] => [
  ...new Set(
    Buffer.concat(written)
      .toString()
      .split('\0')
      .filter((name) => name !== ''),
  ),
];
