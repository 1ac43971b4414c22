import type { Author } from './story.ts';
import type { History, ToldCommit, Tree } from './tellStory.ts';

/** Where commits are made; removed at the end. */
const workshop = 'refs/sample/workshop';

/** The history as a stream for `git fast-import` (git-fast-import(1)), its last commit just before `now`. */
export function fastImportStream({ commits, tags, branches }: History, now: Date): string {
  const mark = (position: number) => `:${position + 1}`;
  return [
    ...commits.map((commit, position) =>
      commitCommand(commit, mark(position), commit.parents.map(mark), now),
    ),
    ...tags.map((tag) =>
      command(`tag ${tag.name}`, [
        `from ${mark(tag.commit)}`,
        `tagger ${signature(tag.author, tag.daysAgo, now)}`,
        data(`${tag.message}\n`),
      ]),
    ),
    ...[...branches].map(([branch, tip]) => command(`reset refs/heads/${branch}`, [`from ${mark(tip)}`])),
    command(`reset ${workshop}`, [`from ${'0'.repeat(40)}`]),
    'done\n',
  ].join('');
}

function commitCommand(commit: ToldCommit, mark: string, parents: readonly string[], now: Date): string {
  const [first, ...others] = parents;
  return command(`commit ${workshop}`, [
    `mark ${mark}`,
    `author ${signature(commit.author, commit.daysAgo, now)}`,
    `committer ${signature(commit.author, commit.daysAgo, now)}`,
    data(`${commit.message}\n`),
    ...(first === undefined ? [] : [`from ${first}`]),
    ...others.map((parent) => `merge ${parent}`),
    'deleteall',
    ...contents(commit.tree),
  ]);
}

function contents(tree: Tree): string[] {
  return [...tree].map(
    ([path, { content, executable }]) =>
      `M ${executable ? '100755' : '100644'} inline ${path}\n${data(content)}`,
  );
}

function signature({ name, email }: Author, daysAgo: number, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000 - daysAgo * 86_400);
  return `${name} <${email}> ${seconds} +0000`;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;

const command = (name: string, lines: readonly string[]): string => `${[name, ...lines].join('\n')}\n`;
