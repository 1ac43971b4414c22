import { expect, test } from 'vitest';
import { createRepository } from '../../../test/harness/git.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { changedFiles, listCommits, listRefs, readCommit } from './index.ts';

test('a commit is read with all that a reader wants to know', async () => {
  const repository = await scoped(createRepository());
  const parent = await repository.commit();
  const at = new Date('2026-03-04T05:06:07Z');
  const sha = await repository.commit({
    message: 'Add login (#12)\n\nBecause.\n\nSecond paragraph.\n',
    author: { name: 'Ada Lovelace', email: 'ada@example.com' },
    files: { 'src/login.ts': '1', 'file.txt': null },
    at,
  });
  expect(await readCommit(repository.directory, sha)).toEqual({
    sha,
    shortSha: sha.slice(0, 10),
    parents: [parent],
    subject: 'Add login (#12)',
    body: 'Because.\n\nSecond paragraph.',
    authorName: 'Ada Lovelace',
    authorEmail: 'ada@example.com',
    authoredAt: at,
    committedAt: at,
    pullRequest: 12,
    files: ['file.txt', 'src/login.ts'],
  });
  expect(await readCommit(repository.directory, '0'.repeat(40))).toBeNull();
});

test('a range is listed by pages, newest first', async () => {
  const repository = await scoped(createRepository());
  const shas: string[] = [];
  for (let n = 0; n < 7; n += 1) shas.unshift(await repository.commit());
  const [include = ''] = shas;
  const exclude = shas[6] ?? '';
  const page = async (skip: number) => {
    const commits = await listCommits(repository.directory, { include, exclude, skip, limit: 4 });
    return commits.map(({ sha }) => sha);
  };
  expect(await page(0)).toEqual(shas.slice(0, 4));
  expect(await page(4)).toEqual(shas.slice(4, 6));
  expect(await page(6)).toEqual([]);
  const [commit] = await listCommits(repository.directory, { include, limit: 1 });
  expect(commit).not.toHaveProperty('files');
});

test('parents never come before children, whatever the clocks said', async () => {
  const repository = await scoped(createRepository());
  const old = await repository.commit({ at: new Date('2026-06-01T00:00:00Z') });
  const middle = await repository.commit({ at: new Date('2026-01-01T00:00:00Z') });
  await repository.branch('side', old);
  const side = await repository.commit({ branch: 'side', at: new Date('2026-05-01T00:00:00Z') });
  const merge = await repository.merge('side');
  const listed = await listCommits(repository.directory, { include: merge, limit: 10 });
  const order = listed.map(({ sha }) => sha);
  expect(order).toHaveLength(4);
  expect(order.indexOf(old)).toBe(3);
  expect(order).toEqual(expect.arrayContaining([merge, middle, side, old]));
});

test('files of a merge are those it brings to its first parent; empty commits and roots are right', async () => {
  const repository = await scoped(createRepository());
  const root = await repository.commit({ files: { 'a/one': '1' } });
  await repository.branch('side', root);
  await repository.commit({ branch: 'side', files: { 'b/two': '2' } });
  const main = await repository.commit({ files: {} });
  const merge = await repository.merge('side');
  const listed = await listCommits(repository.directory, { include: merge, limit: 10, withFiles: true });
  const files = Object.fromEntries(listed.map((commit) => [commit.sha, commit.files]));
  expect(files).toMatchObject({ [merge]: ['b/two'], [main]: [], [root]: ['a/one'] });
});

test('a moved file counts for both its places', async () => {
  const repository = await scoped(createRepository());
  const before = await repository.commit({ files: { 'backend/x.ts': 'the very same content\n' } });
  const files = { 'backend/x.ts': null, 'frontend/x.ts': 'the very same content\n' };
  const after = await repository.commit({ files });
  const expected = ['backend/x.ts', 'frontend/x.ts'];
  expect((await readCommit(repository.directory, after))?.files).toEqual(expected);
  expect(await changedFiles(repository.directory, before, after)).toEqual(expected);
  expect(await changedFiles(repository.directory, null, after)).toEqual(['frontend/x.ts']);
});

test('messages and names in any encoding become valid text', async () => {
  const repository = await scoped(createRepository());
  const latin1 = Buffer.from('Größe ändern', 'latin1');
  const declared = await repository.commit({ message: latin1, encoding: 'ISO-8859-1' });
  const undeclared = await repository.commit({
    message: latin1,
    author: { name: Buffer.from('Jürgen', 'latin1'), email: 'j@example.com' },
  });
  const emoji = await repository.commit({ message: '🚢 Ship it 👩‍🚀\n\n✅ done' });
  await repository.commit({ message: '' });
  const read = async (sha: string) => (await readCommit(repository.directory, sha)) ?? expect.fail('missing');
  expect((await read(declared)).subject).toBe('Größe ändern');
  expect(await read(undeclared)).toMatchObject({
    subject: 'Gr\uFFFD\uFFFDe \uFFFDndern',
    authorName: 'J\uFFFDrgen',
  });
  expect(await read(emoji)).toMatchObject({ subject: '🚢 Ship it 👩‍🚀', body: '✅ done' });
  const [tip] = await listRefs(repository.directory);
  expect(tip).toMatchObject({ name: 'main', subject: '' });
  await repository.branch('latin', declared);
  expect(await listRefs(repository.directory)).toContainEqual(
    expect.objectContaining({ subject: 'Größe ändern' }),
  );
});

test('file names with line feeds, tabs, quotes, emoji and invalid UTF-8 stay apart', async () => {
  const repository = await scoped(createRepository());
  const names = ['\nfirst', 'a\nb', 'tab\there', 'quo"te', 'back\\slash', 'ship 🚢.txt', 'spa ce'];
  const raw = Buffer.from('l\xe4tin1.txt', 'latin1');
  const sha = await repository.commit({ files: [...names.map((name) => [name, '1'] as const), [raw, '1']] });
  const next = await repository.commit({ files: { '\n': '1' } });
  const expected = new Set([...names, 'l\uFFFDtin1.txt']);
  const listed = await listCommits(repository.directory, { include: next, limit: 5, withFiles: true });
  expect(listed.map(({ files }) => new Set(files))).toEqual([new Set(['\n']), expected]);
  expect(new Set(await changedFiles(repository.directory, null, sha))).toEqual(expected);
});

test('control and bidirectional characters of an author do not reach the screen', async () => {
  const repository = await scoped(createRepository());
  const sha = await repository.commit({
    message: 'Safe\u202e\u2066 \u001b[31mchange\u200b\t(#7)\n\nbody\u202e\u0007\twith tab\r\nline\n',
    author: { name: 'A\u202eda', email: 'ada@example.com' },
  });
  expect(await readCommit(repository.directory, sha)).toMatchObject({
    subject: 'Safe [31mchange (#7)',
    body: 'body\twith tab\nline',
    authorName: 'Ada',
    pullRequest: 7,
  });
});

test('impossible dates do not break a listing', async () => {
  const repository = await scoped(createRepository());
  const stream = 'commit refs/heads/main\ncommitter A <a@b> 99999999999999 +0000\ndata 1\nx\n';
  await repository.fastImport(stream);
  const include = await repository.git('rev-parse', 'main');
  const [commit] = await listCommits(repository.directory, { include, limit: 1 });
  expect(commit?.committedAt.getTime()).not.toBeNaN();
});

test('a sha that is gone, or none at all, is refused by name', async () => {
  const repository = await scoped(createRepository());
  const sha = await repository.commit();
  const gone = '1234567890'.repeat(4);
  const { directory } = repository;
  const missing = {
    code: 'not_found',
    message: expect.stringContaining('commit 1234567890 is no longer in'),
  };
  await expect(listCommits(directory, { include: gone, limit: 1 })).rejects.toMatchObject(missing);
  await expect(listCommits(directory, { include: sha, exclude: gone, limit: 1 })).rejects.toMatchObject(
    missing,
  );
  await expect(changedFiles(directory, gone, sha)).rejects.toMatchObject(missing);
  await expect(changedFiles(directory, null, gone)).rejects.toMatchObject(missing);
  for (const include of ['main', '--all', 'HEAD', sha.slice(0, 10), `${sha}^`]) {
    await expect(listCommits(directory, { include, limit: 1 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  }
});

test('refs are listed newest first, tags by the commit they mean', async () => {
  const repository = await scoped(createRepository());
  const first = await repository.commit({ message: 'First' });
  await repository.tag('v1', first, 'Version 1');
  await repository.tag('v1-again', 'v1', 'A tag of a tag');
  await repository.tag('tree', `${first}^{tree}`);
  const second = await repository.commit({ message: 'Second' });
  const refs = await listRefs(repository.directory);
  expect(refs.map(({ kind, name, sha, subject }) => [kind, name, sha, subject])).toEqual([
    ['branch', 'main', second, 'Second'],
    ['tag', 'v1', first, 'First'],
    ['tag', 'v1-again', first, 'First'],
  ]);
  expect(refs[0]?.committedAt).toEqual(new Date('2026-01-01T00:02:00Z'));
});
