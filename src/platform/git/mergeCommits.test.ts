import { expect, test } from 'vitest';
import { createRepository } from '../../../test/harness/git.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { mergeCommits } from './mergeCommits.ts';

test('two commits are merged without a work tree, into the same commit each time', async () => {
  const repository = await scoped(createRepository());
  const { directory } = repository;
  const root = await repository.commit({ files: { 'a.txt': 'a\n'.repeat(9) } });
  const base = await repository.commit({ files: { 'b.txt': 'b' } });
  const head = await repository.commit({
    branch: 'topic',
    parents: [root],
    files: { 'a.txt': null, 'c.txt': 'a\n'.repeat(9) },
  });
  const merged = await mergeCommits(directory, base, head);
  if (merged.kind !== 'merged') throw new Error(merged.kind);
  expect(await repository.git('ls-tree', '--name-only', merged.sha)).toBe('b.txt\nc.txt');
  expect(await repository.git('log', '-1', '--format=%P', merged.sha)).toBe(`${base} ${head}`);
  expect(await mergeCommits(directory, base, head)).toEqual(merged);
  // What is merged already is merged again, as on GitHub.
  expect(await mergeCommits(directory, head, root)).toMatchObject({ kind: 'merged' });
});

test('what both sides changed is a conflict with the names of the files; histories that never met have none', async () => {
  const repository = await scoped(createRepository());
  const root = await repository.commit();
  const files = (text: string) => ({ 'a b.txt': text, 'é/ü.txt': text, [`same-${text}`]: '' });
  const base = await repository.commit({ files: files('ours') });
  const head = await repository.commit({ branch: 'topic', parents: [root], files: files('theirs') });
  expect(await mergeCommits(repository.directory, base, head)).toEqual({
    kind: 'conflict',
    files: ['a b.txt', 'é/ü.txt'],
  });
  const stranger = await repository.commit({ branch: 'stranger', parents: [] });
  expect(await mergeCommits(repository.directory, base, stranger)).toEqual({ kind: 'conflict', files: [] });
});
