import type { CommitFacts } from '../plan/index.ts';
import { answerOf } from './askGit.ts';

const commitFields = ['%H', '%P', '%T', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'];

/** A commit with what it changed, and its first parent; null when there is none. One call of git. */
export async function readCommitFacts(
  directory: string,
  revision: string,
): Promise<{ commit: CommitFacts; parent: string | null } | null> {
  const format = `--format=${commitFields.join('%x00')}%x00`;
  const args = [
    'log',
    '-1',
    '--first-parent',
    '-m',
    '--root',
    '--name-status',
    '--no-renames',
    '-z',
    format,
    revision,
    '--',
  ];
  const text = await answerOf(directory, args);
  if (text === null) return null;
  const [sha = '', parents = '', treeSha = '', ...rest] = text.split('\0');
  const [author = '', authorEmail = '', authoredAt = '', ...committed] = rest;
  const [committer = '', committerEmail = '', committedAt = '', message = '', ...changes] = committed;
  const commit = {
    sha,
    treeSha,
    message: message.trimEnd(),
    author: { name: author, email: authorEmail, at: new Date(authoredAt) },
    committer: { name: committer, email: committerEmail, at: new Date(committedAt) },
    ...changedPaths(changes),
  };
  return { commit, parent: parents.split(' ')[0] || null };
}

/** Of `A`, path, `M`, path and so on. */
function changedPaths(fields: readonly string[]): Pick<CommitFacts, 'added' | 'modified' | 'removed'> {
  const paths: Record<'A' | 'D' | 'M', string[]> = { A: [], D: [], M: [] };
  const from = fields.findIndex((field) => /^[A-Z]$/.test(field.trim()));
  for (let at = Math.max(0, from); at + 1 < fields.length; at += 2) {
    const state = fields[at]?.trim();
    paths[state === 'A' || state === 'D' ? state : 'M'].push(fields[at + 1] ?? '');
  }
  return { added: paths.A, modified: paths.M, removed: paths.D };
}
