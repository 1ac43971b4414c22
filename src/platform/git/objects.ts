import { runGit } from './git.ts';
import { assertSha } from './sha.ts';

/** What an expression of ours names: an object and its type, or null when there is none. */
export type FoundObject = { sha: string; type: string } | null;

/** True when the commit itself is stored there (a commit-graph may still list commits that gc has removed). */
export async function hasCommit(directory: string, sha: string): Promise<boolean> {
  assertSha(sha);
  const [found] = await findObjects(directory, [sha]);
  return found?.type === 'commit';
}

/**
 * Looks up objects in one process, in order. `expressions` must be built from full shas or checked ref names:
 * git evaluates them.
 */
export async function findObjects(directory: string, expressions: readonly string[]): Promise<FoundObject[]> {
  if (expressions.length === 0) return [];
  const output = await runGit(['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
    gitDir: directory,
    input: `${expressions.join('\n')}\n`,
  });
  return output.toString().trimEnd().split('\n').map(parseObject);
}

function parseObject(line: string): FoundObject {
  const [, sha, type] = /^([0-9a-f]{40,64}) (commit|tree|blob|tag)$/.exec(line) ?? [];
  return sha === undefined || type === undefined ? null : { sha, type };
}
