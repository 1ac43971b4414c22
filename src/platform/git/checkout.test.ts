import { mkdir, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRepository, type Repository } from '../../../test/harness/git.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { checkoutCommit, runGit, syncMirror } from './index.ts';

async function setUp(repository: Repository): Promise<{ mirror: string; directory: string }> {
  const scratch = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway checkout ')));
  const mirror = join(scratch.path, 'the mirror.git');
  await syncMirror({ url: repository.directory, directory: mirror });
  return { mirror, directory: join(scratch.path, 'work', 'deploy 1') };
}

async function inCheckout(directory: string, ...args: string[]): Promise<string> {
  return (await runGit(args, { cwd: directory })).toString().trim();
}

test('a checkout is clean, detached, exactly that commit, and writes nothing into the mirror', async () => {
  const repository = await scoped(createRepository());
  const sha = await repository.commit({ files: { 'bin/ship': 'old', 'ship 🚢': 'x' } });
  await repository.tag('v1.2', sha, 'Version 1.2');
  await repository.commit({ files: { 'bin/ship': 'new' } });
  const { mirror, directory } = await setUp(repository);
  const before = await readdir(mirror, { recursive: true });
  await checkoutCommit({ mirror, sha, directory });
  expect((await readdir(directory)).sort()).toEqual(['.git', 'bin', 'ship 🚢']);
  expect(await readFile(join(directory, 'bin', 'ship'), 'utf8')).toBe('old');
  expect(await inCheckout(directory, 'rev-parse', 'HEAD')).toBe(sha);
  expect(await inCheckout(directory, 'status', '--porcelain')).toBe('');
  expect(await inCheckout(directory, 'describe')).toBe('v1.2');
  expect(await inCheckout(directory, 'remote')).toBe('');
  await expect(inCheckout(directory, 'symbolic-ref', 'HEAD')).rejects.toMatchObject({ exitCode: 128 });
  await writeFile(join(directory, 'new.txt'), 'made by a step');
  await inCheckout(directory, 'add', '.');
  expect(await readdir(mirror, { recursive: true })).toEqual(before);
});

test('what a crashed attempt left is replaced', async () => {
  const repository = await scoped(createRepository());
  const sha = await repository.commit({ files: { 'a.txt': 'a' } });
  const { mirror, directory } = await setUp(repository);
  for (const leftover of [directory, `${directory}.incoming`]) {
    await mkdir(join(leftover, '.git'), { recursive: true });
    await writeFile(join(leftover, '.git', 'index.lock'), '');
    await writeFile(join(leftover, 'a.txt'), 'stale');
    await writeFile(join(leftover, 'stale.txt'), 'stale');
  }
  await checkoutCommit({ mirror, sha, directory });
  expect((await readdir(directory)).sort()).toEqual(['.git', 'a.txt']);
  expect(await readFile(join(directory, 'a.txt'), 'utf8')).toBe('a');
  expect(await readdir(join(directory, '..'))).toEqual(['deploy 1']);
});

test('neither hooks nor filters that a repository brings are run', async () => {
  const repository = await scoped(createRepository());
  const sha = await repository.commit({
    files: {
      '.gitattributes': '* filter=evil\n',
      '.gitconfig': '[filter "evil"]\nsmudge = false\n',
      'a.txt': 'a',
    },
  });
  const { mirror, directory } = await setUp(repository);
  const trace = join(mirror, '..', 'ran');
  await mkdir(join(mirror, 'hooks'), { recursive: true });
  await writeFile(join(mirror, 'hooks', 'post-checkout'), `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
  await runGit(['config', 'filter.evil.smudge', `touch '${trace}'`], { gitDir: mirror });
  await checkoutCommit({ mirror, sha, directory });
  expect(await readFile(join(directory, 'a.txt'), 'utf8')).toBe('a');
  await expect(readFile(trace)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a commit that the mirror does not have is named, and nothing is left behind', async () => {
  const repository = await scoped(createRepository());
  await repository.commit();
  const { mirror, directory } = await setUp(repository);
  const sha = 'abcdef1234'.repeat(4);
  await expect(checkoutCommit({ mirror, sha, directory, repository: 'shop' })).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('commit abcdef1234 is no longer in repository shop'),
  });
  await expect(checkoutCommit({ mirror, sha: 'main', directory })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(readdir(join(directory, '..'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a checkout can be cancelled and leaves nothing', async () => {
  const repository = await scoped(createRepository());
  const sha = await repository.commit();
  const { mirror, directory } = await setUp(repository);
  const reason = new Error('cancelled');
  const controller = new AbortController();
  const checkout = checkoutCommit({ mirror, sha, directory, signal: controller.signal });
  controller.abort(reason);
  await expect(checkout).rejects.toBe(reason);
  expect(await readdir(join(directory, '..'))).toEqual([]);
});
