import { type Commit, commitFormat } from './commitFormat.ts';
import { runGit } from './git.ts';
import { isBranchOrTag, readRefs } from './refSnapshot.ts';

export type Ref = {
  kind: 'branch' | 'tag';
  name: string;
  /** The commit, also for an annotated tag. */
  sha: string;
  committedAt: Date;
  subject: string;
};

/**
 * Lists branches and tags, the most recently committed first, with two processes however many there are. Tags
 * of something else than a commit are left out.
 */
export async function listRefs(directory: string): Promise<Ref[]> {
  const refs = [...(await readRefs(directory))].filter(([name]) => isBranchOrTag(name));
  const commits = await readTips(directory, new Set(refs.map(([, sha]) => sha)));
  return refs
    .flatMap(([name, sha]) => toRef(name, commits.get(sha)))
    .sort((a, b) => b.committedAt.getTime() - a.committedAt.getTime() || compareText(a.name, b.name));
}

/** By `git log`, because for-each-ref does not convert messages to UTF-8. It passes over what is no commit. */
async function readTips(directory: string, shas: ReadonlySet<string>): Promise<Map<string, Commit>> {
  if (shas.size === 0) return new Map();
  const format = commitFormat(false);
  const output = await runGit(['log', '--no-walk=unsorted', '--stdin', ...format.args], {
    gitDir: directory,
    input: `${[...shas].join('\n')}\n`,
  });
  return new Map(format.parse(output).map((commit) => [commit.sha, commit]));
}

function toRef(fullName: string, commit: Commit | undefined): Ref[] {
  if (commit === undefined) return [];
  const kind = fullName.startsWith('refs/heads/') ? 'branch' : 'tag';
  const name = fullName.replace(/^refs\/(heads|tags)\//, '');
  return [{ kind, name, sha: commit.sha, committedAt: commit.committedAt, subject: commit.subject }];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
