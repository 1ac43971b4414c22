import { runGit } from './git.ts';
import { branchesOf, type RefSnapshot } from './refSnapshot.ts';

/** Where a fetch stores the commit that the remote's HEAD names. */
export const remoteHeadRefspec = '+HEAD*:refs/slipway/remote/HEAD*';
const remoteHeadRef = 'refs/slipway/remote/HEAD';

/**
 * Makes HEAD of the mirror name the remote's default branch and returns that. The remote is asked (`ask`, another
 * connection) only when the fetched commit of its HEAD leaves a doubt, since fetch does not tell the name.
 */
export async function followDefaultBranch(
  directory: string,
  refs: RefSnapshot,
  created: boolean,
  ask: () => Promise<string | null>,
): Promise<string | null> {
  const current = await headBranch(directory);
  const branch = await chooseDefault(refs, created ? null : current, ask);
  if (branch !== null && branch !== current) {
    await runGit(['symbolic-ref', 'HEAD', `refs/heads/${branch}`], { gitDir: directory });
  }
  return branch;
}

async function headBranch(directory: string): Promise<string> {
  const output = await runGit(['symbolic-ref', 'HEAD'], { gitDir: directory });
  return output
    .toString()
    .trimEnd()
    .replace(/^refs\/heads\//, '');
}

async function chooseDefault(
  refs: RefSnapshot,
  current: string | null,
  ask: () => Promise<string | null>,
): Promise<string | null> {
  const branches = branchesOf(refs);
  const remoteHead = refs.get(remoteHeadRef);
  const atHead = [...branches].filter(([, sha]) => sha === remoteHead).map(([name]) => name);
  if (current !== null && atHead.includes(current)) return current;
  if (atHead.length === 1) return atHead[0] ?? null;
  const asked = remoteHead === undefined ? null : await ask();
  // A HEAD that is detached, or names a branch that does not exist, says nothing: go on with the likely one.
  const likely = [asked, current, 'main', 'master', ...[...branches.keys()].sort()];
  return likely.find((name) => name !== null && branches.has(name)) ?? null;
}

/** Asks a remote for the branch that its HEAD names; null when HEAD is detached or unborn. */
export async function askDefaultBranch(
  address: string,
  run: (args: string[]) => Promise<Buffer>,
): Promise<string | null> {
  const output = await run(['ls-remote', '--symref', '--', address, 'HEAD']);
  const [, branch] = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(output.toString()) ?? [];
  return branch ?? null;
}
