import type { CommitEntry, Edit, MergeEntry, StoryEntry, TagEntry } from './story.ts';

/** A file's content and whether it is a program. */
export interface SampleFile {
  readonly content: string;
  readonly executable: boolean;
}

/** Files by path. */
export type Tree = ReadonlyMap<string, SampleFile>;

/** The files of main as they are today, and those that only another branch has, by branch. */
export type SampleFiles = ReadonlyMap<string, Tree>;

/** A commit with all that it contains. `parents` are positions in the list of commits. */
export interface ToldCommit extends Pick<CommitEntry, 'branch' | 'author' | 'daysAgo' | 'message'> {
  readonly parents: readonly number[];
  readonly tree: Tree;
}

/** A tag of the commit at a position. */
export interface ToldTag extends Pick<TagEntry, 'name' | 'author' | 'daysAgo' | 'message'> {
  readonly commit: number;
}

export interface History {
  readonly commits: readonly ToldCommit[];
  readonly tags: readonly ToldTag[];
  /** Branches that are there at the end, with the positions of their tips. */
  readonly branches: ReadonlyMap<string, number>;
}

/**
 * Works out what each commit of the story contains. A file first appears as it is today with all later edits
 * undone; the edits are then made one after the other. Throws when a text to change does not stand exactly
 * once in its file.
 */
export function tellStory(story: readonly StoryEntry[], files: SampleFiles): History {
  const commits: ToldCommit[] = [];
  const tags: ToldTag[] = [];
  const tips = new Map<string, number>();
  const firstVersions = undoEdits(story, files);

  function tipOf(branch: string): number | undefined {
    return tips.get(branch) ?? tips.get('main');
  }

  function record(commit: ToldCommit): void {
    tips.set(commit.branch, commits.push(commit) - 1);
  }

  for (const entry of story) {
    if (entry.kind === 'commit') {
      const parent = tipOf(entry.branch);
      const before = parent === undefined ? new Map() : (commits[parent]?.tree ?? new Map());
      const tree = applyChanges(before, entry, firstVersions);
      record({ ...entry, parents: parent === undefined ? [] : [parent], tree });
    } else if (entry.kind === 'merge') {
      record(mergeCommit(entry, story, commits, tips, firstVersions));
      tips.delete(entry.branch);
    } else {
      tags.push({ ...entry, commit: known(tips.get('main'), 'a tag needs a commit on main') });
    }
  }
  return { commits, tags, branches: tips };
}

/** Each file as it was when it first appeared, by branch and path. */
function undoEdits(story: readonly StoryEntry[], files: SampleFiles): ReadonlyMap<string, Tree> {
  const merged = new Set(story.flatMap((entry) => (entry.kind === 'merge' ? [entry.branch] : [])));
  const first = new Map([...files].map(([branch, tree]) => [branch, new Map(tree)]));
  const main = known(first.get('main'), 'there are no files of main');
  for (const entry of story.toReversed()) {
    if (entry.kind !== 'commit' || (entry.branch !== 'main' && !merged.has(entry.branch))) continue;
    for (const { file, was, now } of entry.edits.toReversed()) {
      main.set(file, changed(main, { file, was: now, now: was }, entry));
    }
  }
  return first;
}

function applyChanges(before: Tree, entry: CommitEntry, firstVersions: ReadonlyMap<string, Tree>): Tree {
  const tree = new Map(before);
  for (const path of entry.adds) {
    const file = firstVersions.get(entry.branch)?.get(path) ?? firstVersions.get('main')?.get(path);
    tree.set(path, known(file, `${path}, which "${entry.message}" adds, is not in sample/app`));
  }
  for (const edit of entry.edits) tree.set(edit.file, changed(tree, edit, entry));
  return tree;
}

/** What main is at that moment, with the changes of the branch made to it again. */
function mergeCommit(
  entry: MergeEntry,
  story: readonly StoryEntry[],
  commits: readonly ToldCommit[],
  tips: ReadonlyMap<string, number>,
  firstVersions: ReadonlyMap<string, Tree>,
): ToldCommit {
  const ours = known(tips.get('main'), 'a merge needs main');
  const theirs = known(tips.get(entry.branch), `there is no branch ${entry.branch} to merge`);
  let tree: Tree = known(commits[ours], 'main has a tip').tree;
  for (const other of story) {
    if (other.kind === 'commit' && other.branch === entry.branch)
      tree = applyChanges(tree, other, firstVersions);
  }
  return { ...entry, branch: 'main', parents: [ours, theirs], tree };
}

function changed(tree: Tree, { file, was, now }: Edit, { message }: CommitEntry): SampleFile {
  const { content, executable } = known(tree.get(file), `"${message}" changes ${file}, which is not there`);
  const [before, after, ...more] = content.split(was);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`"${message}": not exactly once in ${file}: ${was}`);
  return { content: `${before}${now}${after}`, executable };
}

function known<T>(value: T | undefined, problem: string): T {
  if (value === undefined) throw new Error(`the story of the sample app: ${problem}`);
  return value;
}
