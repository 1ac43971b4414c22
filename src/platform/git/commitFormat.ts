import { randomUUID } from 'node:crypto';
import { plainLine, plainLines } from './plainText.ts';
import { pullRequestOf } from './pullRequest.ts';
import { shortSha } from './sha.ts';

/** A commit as people read it: valid UTF-8 (U+FFFD for what is not), no control or bidirectional characters. */
export type Commit = {
  sha: string;
  shortSha: string;
  parents: string[];
  subject: string;
  body: string;
  authorName: string;
  authorEmail: string;
  authoredAt: Date;
  committedAt: Date;
  pullRequest: number | null;
  /** Paths exactly as git has them (they may hold any character), old and new name of a renamed file. */
  files?: string[];
};

const fields = ['%H', '%P', '%at', '%ct', '%an', '%ae', '%s', '%b'];

/** A format for one `git log`, and the reader of its output. */
export type CommitFormat = { args: string[]; parse: (output: Buffer) => Commit[] };

/**
 * Fields end with NUL, which neither messages nor paths can contain. Each commit begins with a mark that
 * nobody could have written into a repository, since files of varying number follow the fields.
 */
export function commitFormat(withFiles: boolean): CommitFormat {
  const mark = randomUUID();
  return {
    args: [
      '-z',
      '--encoding=UTF-8',
      `--format=${[mark, ...fields].join('%x00')}`,
      ...(withFiles ? fileArgs : ['--no-patch']),
    ],
    parse: (output) => parseCommits(output.toString('utf8'), mark, withFiles),
  };
}

/** Without rename detection a moved file counts for the place it left and the place it went to. */
const fileArgs = ['--name-only', '--no-renames', '--diff-merges=first-parent'];

function parseCommits(output: string, mark: string, withFiles: boolean): Commit[] {
  const tokens = output.split('\0');
  const commits: Commit[] = [];
  let at = 0;
  while (tokens[at] === mark) {
    const commit = toCommit(tokens.slice(at + 1, at + 1 + fields.length));
    at += 1 + fields.length;
    const next = nextMark(tokens, at, mark);
    if (withFiles) commit.files = readFiles(tokens.slice(at, next));
    commits.push(commit);
    at = next;
  }
  return commits;
}

function nextMark(tokens: readonly string[], from: number, mark: string): number {
  const next = tokens.indexOf(mark, from);
  return next === -1 ? tokens.length : next;
}

/** The list begins with a line feed and ends with an empty token. */
function readFiles(tokens: readonly string[]): string[] {
  return tokens
    .map((token, index) => (index === 0 ? token.replace(/^\n/, '') : token))
    .filter((path) => path !== '');
}

function toCommit(values: readonly string[]): Commit {
  const [sha = '', parents = '', authored, committed, name = '', email = '', subject = '', body = ''] =
    values;
  return {
    sha,
    shortSha: shortSha(sha),
    parents: parents === '' ? [] : parents.split(' '),
    subject: plainLine(subject),
    body: plainLines(body),
    authorName: plainLine(name),
    authorEmail: plainLine(email),
    authoredAt: toDate(authored),
    committedAt: toDate(committed),
    pullRequest: pullRequestOf(subject, body),
  };
}

/** Commits may carry any number as their time; what no calendar holds becomes 1970. */
function toDate(seconds: string | undefined): Date {
  const date = new Date(Number(seconds ?? 0) * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}
