import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempDisposable, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createRepository, type Repository } from '../../../test/harness/git.ts';
import { serveGitHttp } from '../../../test/harness/gitHttp.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { fetchSnapshot, layOutCommit, listCommits, runGit, snapshotRef } from './index.ts';

async function setUp(): Promise<{ repository: Repository; directory: string; scratch: string }> {
  const { path } = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-snapshot-')));
  const repository = await createRepository({ directory: join(path, 'source.git') });
  return { repository, directory: join(path, 'cache', 'v1'), scratch: path };
}

const shaOf = async (directory: string) =>
  (await runGit(['rev-parse', snapshotRef], { gitDir: directory })).toString().trim();

test('one commit of a tag, a branch or a sha, without its history', async () => {
  const { repository, directory } = await setUp();
  const first = await repository.commit();
  const second = await repository.commit();
  await repository.tag('both', first, 'annotated');
  await repository.branch('both', second);
  for (const [ref, sha] of [
    ['both', first],
    ['refs/heads/both', second],
    ['main', second],
    [second, second],
    [first, first],
  ] as const) {
    const place = `${directory}-${encodeURIComponent(ref)}`;
    expect(await fetchSnapshot({ url: repository.directory, ref, directory: place })).toEqual({
      found: true,
    });
    const commits = await listCommits(place, { include: sha, limit: 5 });
    expect(commits.map((commit) => commit.sha)).toEqual([sha]);
  }
});

test('what is not there is answered with what there is', async () => {
  const { repository, directory } = await setUp();
  await repository.tag('v1', await repository.commit());
  const request = { url: repository.directory, directory };
  expect(await fetchSnapshot({ ...request, ref: 'v2' })).toEqual({ found: false, names: ['main', 'v1'] });
  expect(await fetchSnapshot({ ...request, ref: '1'.repeat(40) })).toEqual({ found: false, names: [] });
  await expect(fetchSnapshot({ ...request, ref: '--upload-pack=x' })).rejects.toThrow(/is not a ref/);
  expect(await readdir(dirname(directory))).toEqual([]);
});

test('many at once: the first wins, and nothing else is left', async () => {
  const { repository, directory } = await setUp();
  const sha = await repository.commit();
  const request = { url: repository.directory, ref: 'main', directory };
  await Promise.all([1, 2, 3, 4].map(() => fetchSnapshot(request)));
  expect(await readdir(dirname(directory))).toEqual(['v1']);
  expect(await shaOf(directory)).toBe(sha);
});

test('kill -9 in the middle leaves nothing in its place, and the next one cleans up', async () => {
  const { repository, directory, scratch } = await setUp();
  const sha = await repository.commit({ files: { 'large.bin': randomBytes(400_000) } });
  const server = await scoped(serveGitHttp({ root: scratch, stallAfterBytes: 100_000 }));
  const request = { url: `${server.url}/source.git`, ref: sha, directory };
  const program = `const { fetchSnapshot } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
    await fetchSnapshot(${JSON.stringify(request)});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
  await server.stalled;
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await readdir(dirname(directory))).toEqual([expect.stringMatching(/^v1\.incoming-/)]);
  await fetchSnapshot({ ...request, url: repository.directory });
  expect(await readdir(dirname(directory))).toEqual(['v1']);
  expect(await shaOf(directory)).toBe(sha);
});

test('a commit is laid out without a trace in its repository', async () => {
  const { repository, scratch } = await setUp();
  const sha = await repository.commit({ files: { 'a/b.txt': 'b\n' } });
  const before = await readdir(repository.directory, { recursive: true });
  await layOutCommit(repository.directory, sha, join(scratch, 'out', 'here'));
  expect(await readdir(join(scratch, 'out'), { recursive: true })).toEqual([
    'here',
    'here/a',
    'here/a/b.txt',
  ]);
  expect(await readdir(repository.directory, { recursive: true })).toEqual(before);
});
