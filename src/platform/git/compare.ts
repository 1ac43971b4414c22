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
    const counts = await countSides(directory, live, candidate);
    const mergeBase = await findMergeBase(directory, live, candidate, counts);
    return { relation: relationOf(counts, mergeBase), mergeBase, ...counts };
  } catch (error) {
    throw await explainMissing(directory, [live, candidate], error);
  }
}

function relationOf({ ahead, behind }: Sides, base: string | null): Comparison['relation'] {
  if (ahead === 0 && behind === 0) return 'same';
  if (base === null) return 'unrelated';
  if (behind === 0) return 'forward';
  return ahead === 0 ? 'backward' : 'diverged';
}

type Sides = { ahead: number; behind: number };

async function countCommits(directory: string, sha: string): Promise<number> {
  const output = await runGit(['rev-list', '--count', sha, '--'], { gitDir: directory });
  return Number(output.toString().trim());
}

async function countSides(directory: string, live: string, candidate: string): Promise<Sides> {
  const range = `${live}...${candidate}`;
  const output = await runGit(['rev-list', '--left-right', '--count', range, '--'], { gitDir: directory });
  const [behind, ahead] = output.toString().trim().split('\t').map(Number);
  return { ahead: ahead ?? 0, behind: behind ?? 0 };
}

/** Asks git only where the counts leave it open: a side with nothing of its own is the base itself. */
async function findMergeBase(
  directory: string,
  live: string,
  candidate: string,
  { ahead, behind }: Sides,
): Promise<string | null> {
  if (behind === 0) return live;
  if (ahead === 0) return candidate;
  const answer = await answerOf(['merge-base', live, candidate], directory);
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
