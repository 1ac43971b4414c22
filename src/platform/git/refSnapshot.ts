import { runGit } from './git.ts';
import { GitError } from './gitError.ts';

/** Full ref name → the object it names with every tag peeled off, usually a commit. */
export type RefSnapshot = ReadonlyMap<string, string>;

/** `before` is null for a new ref, `after` for a removed one. Shas are peeled. */
export type ChangedRef = { name: string; before: string | null; after: string | null };

/** Reads every ref of a repository at once. */
export async function readRefs(directory: string): Promise<RefSnapshot> {
  const refs = new Map<string, string>();
  for (const line of (await showRefs(directory)).split('\n')) {
    const [, sha, name] = /^([0-9a-f]+) (.+?)(?:\^\{\})?$/.exec(line) ?? [];
    // An annotated tag is listed twice: first its own object, then `^{}`, the one it means.
    if (sha !== undefined && name !== undefined) refs.set(name, sha);
  }
  return refs;
}

async function showRefs(directory: string): Promise<string> {
  try {
    return (await runGit(['show-ref', '--dereference'], { gitDir: directory })).toString();
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1 && error.stderr === '') return '';
    throw error;
  }
}

/** Branches and tags that differ, by name. */
export function changedRefs(before: RefSnapshot, after: RefSnapshot): ChangedRef[] {
  const names = new Set([...before.keys(), ...after.keys()].filter(isBranchOrTag));
  return [...names]
    .map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }))
    .filter((ref) => ref.before !== ref.after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function isBranchOrTag(name: string): boolean {
  return name.startsWith('refs/heads/') || name.startsWith('refs/tags/');
}

/** Branch name → sha. */
export function branchesOf(refs: RefSnapshot): Map<string, string> {
  const prefix = 'refs/heads/';
  return new Map(
    [...refs]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, sha]) => [name.slice(prefix.length), sha]),
  );
}
