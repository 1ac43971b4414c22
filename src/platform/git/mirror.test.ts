import { chown, mkdir, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRepository, type Repository } from '../../../test/harness/git.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { hasCommit, keepCommit, listRefs, maintain, releaseCommit, runGit, syncMirror } from './index.ts';

type Setup = { repository: Repository; mirror: string; sync: () => ReturnType<typeof syncMirror> };

/** A repository and the place of its mirror, both in paths with spaces. */
async function setUp(): Promise<Setup> {
  const scratch = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway mirror ')));
  const repository = await createRepository({ directory: join(scratch.path, 'my sources', 'app.git') });
  const mirror = join(scratch.path, 'my mirrors', 'app.git');
  return { repository, mirror, sync: () => syncMirror({ url: repository.directory, directory: mirror }) };
}

test('the first sync creates the mirror, the next one reports what moved', async () => {
  const { repository, mirror, sync } = await setUp();
  const first = await repository.commit();
  expect(await sync()).toEqual({
    created: true,
    changedRefs: [{ name: 'refs/heads/main', before: null, after: first }],
    defaultBranch: 'main',
    empty: false,
  });
  expect(await sync()).toMatchObject({ created: false, changedRefs: [] });

  const second = await repository.commit();
  await repository.tag('v1', first, 'Version 1');
  expect(await sync()).toMatchObject({
    created: false,
    changedRefs: [
      { name: 'refs/heads/main', before: first, after: second },
      { name: 'refs/tags/v1', before: null, after: first },
    ],
  });
  expect(await readdir(join(mirror, 'objects', 'info', 'commit-graphs'))).toContain('commit-graph-chain');
  expect(await readFile(join(mirror, 'config'), 'utf8')).not.toContain('app.git');
});

test('progress is reported while it fetches', async () => {
  const { repository, mirror } = await setUp();
  await repository.commit();
  const phases = new Set<string>();
  await syncMirror({
    url: repository.directory,
    directory: mirror,
    onProgress: ({ phase }) => phases.add(phase),
  });
  expect([...phases]).toContain('Counting objects');
});

test('an empty repository is mirrored, and so is its first commit', async () => {
  const { repository, mirror, sync } = await setUp();
  expect(await sync()).toEqual({ created: true, changedRefs: [], defaultBranch: null, empty: true });
  expect(await sync()).toMatchObject({ created: false, empty: true });
  expect(await listRefs(mirror)).toEqual([]);
  const sha = await repository.commit();
  expect(await sync()).toMatchObject({ changedRefs: [{ after: sha }], defaultBranch: 'main', empty: false });
});

test('a kept commit survives a force-push and gc, another does not', async () => {
  const { repository, mirror, sync } = await setUp();
  const base = await repository.commit();
  const kept = await repository.commit();
  await repository.branch('side', base);
  const dropped = await repository.commit({ branch: 'side' });
  await sync();
  await keepCommit(mirror, kept);
  await keepCommit(mirror, kept);
  await repository.branch('main', base);
  await repository.branch('side', base);
  expect((await sync()).changedRefs).toEqual([
    { name: 'refs/heads/main', before: kept, after: base },
    { name: 'refs/heads/side', before: dropped, after: base },
  ]);
  await runGit(['gc', '--prune=now', '--quiet'], { gitDir: mirror });
  expect(await hasCommit(mirror, kept)).toBe(true);
  expect(await hasCommit(mirror, dropped)).toBe(false);

  await releaseCommit(mirror, kept);
  await runGit(['gc', '--prune=now', '--quiet'], { gitDir: mirror });
  expect(await hasCommit(mirror, kept)).toBe(false);
  await expect(keepCommit(mirror, kept)).rejects.toMatchObject({ code: 'not_found' });
});

test('deleted branches go, also all of them', async () => {
  const { repository, sync } = await setUp();
  const sha = await repository.commit();
  await repository.branch('topic', sha);
  await sync();
  await repository.deleteBranch('topic');
  expect((await sync()).changedRefs).toEqual([{ name: 'refs/heads/topic', before: sha, after: null }]);
  await repository.deleteBranch('main');
  expect(await sync()).toMatchObject({ empty: true, defaultBranch: null });
});

test('a branch may become a directory of branches, and the other way round', async () => {
  const { repository, sync } = await setUp();
  const sha = await repository.commit();
  await repository.branch('a', sha);
  await sync();
  await repository.deleteBranch('a');
  await repository.branch('a/b', sha);
  expect((await sync()).changedRefs.map(({ name }) => name)).toEqual(['refs/heads/a', 'refs/heads/a/b']);
  await repository.deleteBranch('a/b');
  await repository.branch('a', sha);
  expect((await sync()).changedRefs.map(({ name }) => name)).toEqual(['refs/heads/a', 'refs/heads/a/b']);
});

test('a tag that moves is followed', async () => {
  const { repository, sync } = await setUp();
  const first = await repository.commit();
  const second = await repository.commit();
  await repository.tag('live', first);
  await repository.tag('v1', first, 'Version 1');
  await sync();
  await repository.tag('live', second);
  await repository.tag('v1', second, 'Version 1 again');
  expect((await sync()).changedRefs).toEqual([
    { name: 'refs/tags/live', before: first, after: second },
    { name: 'refs/tags/v1', before: first, after: second },
  ]);
});

test('the default branch follows the remote', async () => {
  const { repository, sync } = await setUp();
  const sha = await repository.commit({ branch: 'trunk' });
  await repository.branch('also', sha);
  await repository.git('symbolic-ref', 'HEAD', 'refs/heads/trunk');
  expect((await sync()).defaultBranch).toBe('trunk');
  await repository.commit({ branch: 'next' });
  await repository.git('symbolic-ref', 'HEAD', 'refs/heads/next');
  expect((await sync()).defaultBranch).toBe('next');
  await repository.git('symbolic-ref', 'HEAD', 'refs/heads/nowhere');
  expect((await sync()).defaultBranch).toBe('next');
  await repository.deleteBranch('next');
  expect((await sync()).defaultBranch).toBe('also');
});

test('thousands of branches are fetched and listed', async () => {
  const { repository, mirror, sync } = await setUp();
  const sha = await repository.commit();
  const names = Array.from({ length: 5000 }, (_, index) => `team/topic-${index}`);
  await repository.fastImport(names.map((name) => `reset refs/heads/${name}\nfrom ${sha}\n\n`));
  expect((await sync()).changedRefs).toHaveLength(5001);
  expect(await listRefs(mirror)).toHaveLength(5001);
  expect((await sync()).changedRefs).toEqual([]);
});

test('a shallow clone can be mirrored', async () => {
  const { repository, mirror } = await setUp();
  await repository.commit();
  const tip = await repository.commit();
  const shallow = join(mirror, '..', 'shallow.git');
  await runGit(['clone', '--quiet', '--bare', '--depth=1', `file://${repository.directory}`, shallow]);
  expect(await syncMirror({ url: shallow, directory: mirror })).toMatchObject({
    changedRefs: [{ after: tip }],
  });
});

test.skipIf(process.getuid?.() !== 0)('a repository of another user of the machine is fetched', async () => {
  const { repository, sync } = await setUp();
  const sha = await repository.commit();
  const entries = await readdir(repository.directory, { recursive: true });
  for (const entry of ['', ...entries]) await chown(join(repository.directory, entry), 65534, 65534);
  expect(await sync()).toMatchObject({ changedRefs: [{ after: sha }] });
});

test('a directory with something else in it is left alone', async () => {
  const { repository, mirror, sync } = await setUp();
  await repository.commit();
  await mkdir(mirror, { recursive: true });
  await writeFile(join(mirror, 'thesis.txt'), 'years of work');
  await writeFile(join(mirror, 'yarn.lock'), 'not a lock of git');
  await expect(sync()).rejects.toMatchObject({ code: 'conflict' });
  expect(await readdir(mirror)).toEqual(['thesis.txt', 'yarn.lock']);
});

test('maintain repacks when there is much to pack, and keeps everything reachable', async () => {
  const { repository, mirror, sync } = await setUp();
  const kept = await repository.commit();
  await sync();
  await keepCommit(mirror, kept);
  expect(await maintain(mirror)).toEqual({ repacked: false });
  for (let pack = 0; pack < 32; pack += 1) {
    await runGit(['fast-import', '--quiet'], {
      gitDir: mirror,
      env: { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'fastimport.unpackLimit', GIT_CONFIG_VALUE_0: '0' },
      input: `blob\ndata <<E\n${pack}\nE\n\n`,
    });
  }
  expect(await maintain(mirror)).toEqual({ repacked: true });
  expect(await hasCommit(mirror, kept)).toBe(true);
});
