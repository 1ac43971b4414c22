import type { CheckoutFacts, Payload } from '../plan/index.ts';
import { askGit } from './askGit.ts';
import { commits } from './remember.ts';

/**
 * The paths that an event is about, for filters by path: between the two commits that its payload names, as far as
 * they are here, else those of the last commit. Null when nobody knows.
 */
export async function changedFilesOf(
  root: string,
  event: string,
  payload: Payload | null,
  facts: CheckoutFacts,
): Promise<readonly string[] | null> {
  const between = payload === null ? null : commitsOf(event, payload);
  if (between !== null) return commits.recall(['changed', root, between], () => diff(root, between));
  if (event.startsWith('pull_request'))
    return diff(root, `origin/${facts.defaultBranch}...HEAD`, `${facts.defaultBranch}...HEAD`);
  const { added, modified, removed } = facts.commit;
  return [...added, ...modified, ...removed];
}

const isSha = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value) && !/^0+$/.test(value);

/** `a..b` of what was pushed, `a...b` of what asks to be merged; null when the payload does not name both. */
function commitsOf(event: string, payload: Payload): string | null {
  if (event === 'push') {
    const { before, after } = payload;
    return isSha(before) && isSha(after) ? `${before}..${after}` : null;
  }
  const request = payload.pull_request as { base?: { sha?: unknown }; head?: { sha?: unknown } } | undefined;
  const [base, head] = [request?.base?.sha, request?.head?.sha];
  return isSha(base) && isSha(head) ? `${base}...${head}` : null;
}

/** The first of these ranges that git knows. */
async function diff(root: string, ...ranges: string[]): Promise<readonly string[] | null> {
  for (const range of ranges) {
    try {
      const output = await askGit(['diff', '--name-only', '--no-renames', '-z', range, '--'], root);
      return output
        .toString()
        .split('\0')
        .filter((path) => path !== '');
    } catch {
      // The next one may be known.
    }
  }
  return null;
}
