import { explainMissing } from './commits.ts';
import { runGit } from './git.ts';
import { GitError } from './gitError.ts';
import { assertSha } from './sha.ts';

export type Comparison = {
  /** How the candidate stands to what is live; `initial` when nothing is live. */
  relation: 'same' | 'forward' | 'backward' | 'diverged' | 'initial' | 'unrelated';
  mergeBase: string | null;
  /** Commits that go out. */
  ahead: number;
  /** Commits that are taken away. */
  behind: number;
};

/** Compares two commits with exact counts. Throws `not_found` when one of them is not in the repository. */
export async function compareCommits(
  directory: string,
  live: string | null,
  candidate: string,
): Promise<Comparison> {
  assertSha(candidate);
  if (live !== null) assertSha(live);
  try {
    if (live === null) {
      return {
        relation: 'initial',
        mergeBase: null,
        ahead: await countCommits(directory, candidate),
        behind: 0,
      };
    }
    const [counts, mergeBase] = await Promise.all([
      countSides(directory, live, candidate),
      findMergeBase(directory, live, candidate),
    ]);
    return { relation: relationOf(counts, mergeBase), mergeBase, ...counts };
  } catch (error) {
    throw await explainMissing(directory, [live, candidate], error);
  }
}

function relationOf(
  { ahead, behind }: { ahead: number; behind: number },
  base: string | null,
): Comparison['relation'] {
  if (ahead === 0 && behind === 0) return 'same';
  if (base === null) return 'unrelated';
  if (behind === 0) return 'forward';
  return ahead === 0 ? 'backward' : 'diverged';
}

async function countCommits(directory: string, sha: string): Promise<number> {
  const output = await runGit(['rev-list', '--count', sha, '--'], { gitDir: directory });
  return Number(output.toString().trim());
}

async function countSides(directory: string, live: string, candidate: string) {
  const range = `${live}...${candidate}`;
  const output = await runGit(['rev-list', '--left-right', '--count', range, '--'], { gitDir: directory });
  const [behind, ahead] = output.toString().trim().split('\t').map(Number);
  return { ahead: ahead ?? 0, behind: behind ?? 0 };
}

async function findMergeBase(directory: string, a: string, b: string): Promise<string | null> {
  const answer = await answerOf(['merge-base', a, b], directory);
  return answer?.toString().trim() ?? null;
}

/** True when `descendant` contains `ancestor`; a commit is its own ancestor. */
export async function isAncestor(directory: string, ancestor: string, descendant: string): Promise<boolean> {
  assertSha(ancestor);
  assertSha(descendant);
  try {
    return (await answerOf(['merge-base', '--is-ancestor', ancestor, descendant], directory)) !== null;
  } catch (error) {
    throw await explainMissing(directory, [ancestor, descendant], error);
  }
}

/** For commands that say no with exit code 1. */
async function answerOf(args: string[], directory: string): Promise<Buffer | null> {
  try {
    return await runGit(args, { gitDir: directory });
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  }
}
