import { findObjects, fullNamesOf, isSha, listRefs, suggestNames } from '../../../platform/git/index.ts';

/** A commit, or in words why there is none. */
export type ResolvedActionRef = { readonly sha: string } | { readonly problem: string };

/**
 * Finds the commit that a repository on this machine has for the ref of an action: a tag, else a branch (of a clone
 * also one of its origin), or a full sha. Never evaluates an expression; `ref` was checked by `parseUses`.
 */
export async function resolveActionRef(gitDir: string, ref: string): Promise<ResolvedActionRef> {
  const names = isSha(ref) ? [ref] : [...fullNamesOf(ref), `refs/remotes/origin/${ref}`];
  const found = await findObjects(gitDir, isSha(ref) ? names : names.map((name) => `${name}^{commit}`));
  const commit = found.find((object) => object?.type === 'commit');
  if (commit) return { sha: commit.sha };
  if (isSha(ref)) return { problem: `it has no commit ${ref}` };
  return {
    problem: explainNoSuchRef(
      ref,
      (await listRefs(gitDir)).map(({ name }) => name),
    ),
  };
}

/** `names`: the tags and branches that there are. */
export function explainNoSuchRef(ref: string, names: readonly string[]): string {
  if (isSha(ref)) return `it has no commit ${ref}`;
  if (/^[0-9a-f]{4,39}$/.test(ref))
    return `it has no tag or branch ${ref}, and a short sha names no version: give all 40 digits`;
  const alike = suggestNames(ref, names);
  return `it has no tag or branch ${ref}${alike.length === 0 ? '' : ` (there is ${alike.join(', ')})`}`;
}
