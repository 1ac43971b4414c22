import { expect, test } from 'vitest';
import { createRepository } from '../../../test/harness/git.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { compareCommits, isAncestor } from './compare.ts';

test('every relation of a candidate to what is live', async () => {
  const repository = await scoped(createRepository());
  const { directory } = repository;
  const base = await repository.commit();
  await repository.branch('side', base);
  const side = await repository.commit({ branch: 'side' });
  const main1 = await repository.commit();
  const main2 = await repository.commit();
  const island = await repository.commit({ branch: 'island', parents: [] });
  const compare = (live: string | null, candidate: string) => compareCommits(directory, live, candidate);
  expect(await compare(main2, main2)).toEqual({ relation: 'same', mergeBase: main2, ahead: 0, behind: 0 });
  expect(await compare(base, main2)).toEqual({ relation: 'forward', mergeBase: base, ahead: 2, behind: 0 });
  expect(await compare(main2, main1)).toEqual({
    relation: 'backward',
    mergeBase: main1,
    ahead: 0,
    behind: 1,
  });
  expect(await compare(main2, side)).toEqual({ relation: 'diverged', mergeBase: base, ahead: 1, behind: 2 });
  expect(await compare(null, main2)).toEqual({ relation: 'initial', mergeBase: null, ahead: 3, behind: 0 });
  expect(await compare(main2, island)).toEqual({
    relation: 'unrelated',
    mergeBase: null,
    ahead: 1,
    behind: 3,
  });
  expect(await isAncestor(directory, base, side)).toBe(true);
  expect(await isAncestor(directory, side, side)).toBe(true);
  expect(await isAncestor(directory, side, main2)).toBe(false);
});

test('counts are exact at thousands of commits', async () => {
  const repository = await scoped(createRepository());
  const base = await repository.commit();
  const chain = (branch: string, count: number) =>
    Array.from({ length: count }, (_, n) => {
      const from = n === 0 ? `from ${base}\n` : '';
      return `commit refs/heads/${branch}\ncommitter ${branch} <a@b> ${1_800_000_000 + n} +0000\ndata 0\n${from}\n`;
    });
  await repository.fastImport([...chain('live', 4321), ...chain('next', 1234)]);
  const [live, next] = [await repository.git('rev-parse', 'live'), await repository.git('rev-parse', 'next')];
  const { mergeBase, ahead, behind } = await compareCommits(repository.directory, live, next);
  expect({ mergeBase, ahead, behind }).toEqual({ mergeBase: base, ahead: 1234, behind: 4321 });
});

test('a commit that is gone is named', async () => {
  const repository = await scoped(createRepository());
  const sha = await repository.commit();
  const gone = 'abcdef1234'.repeat(4);
  const missing = { code: 'not_found', details: { sha: gone } };
  await expect(compareCommits(repository.directory, gone, sha)).rejects.toMatchObject(missing);
  await expect(compareCommits(repository.directory, sha, gone)).rejects.toMatchObject(missing);
  await expect(compareCommits(repository.directory, null, gone)).rejects.toMatchObject(missing);
  await expect(isAncestor(repository.directory, gone, sha)).rejects.toMatchObject(missing);
});
