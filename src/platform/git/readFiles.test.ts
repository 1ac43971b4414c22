import { afterAll, expect, it } from 'vitest';
import { createRepository } from '../../../test/harness/git.ts';
import { listFilesAt, readFilesAt } from './readFiles.ts';

const repository = await createRepository();
afterAll(() => repository[Symbol.asyncDispose]());

it('reads files of a commit by any path, in order, and says what is none', async () => {
  const files = {
    '.github/workflows/b.yml': 'b: é\n',
    '.github/workflows/a.yml': '',
    '.github/workflows/deeper/c.yml': 'c',
    'odd [1]*?.txt': 'odd',
    'two\nlines': 'two',
    large: 'x'.repeat(100),
  };
  const sha = await repository.commit({ message: 'Files', files });
  const gitDir = repository.directory;

  expect(await listFilesAt(gitDir, sha, '.github/workflows')).toEqual([
    '.github/workflows/a.yml',
    '.github/workflows/b.yml',
  ]);
  expect(await listFilesAt(gitDir, sha, 'nowhere')).toEqual([]);
  const asked = [...Object.keys(files), '.github', 'nowhere', '../x', '', 'odd [1].txt'];
  expect(await readFilesAt(gitDir, sha, asked, 50)).toEqual([
    ...Object.values(files)
      .slice(0, 5)
      .map((text) => ({ text })),
    { tooLarge: 100 },
    null,
    null,
    null,
    null,
    null,
  ]);
});
