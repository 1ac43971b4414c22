import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtempDisposable, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createRepository, type Repository } from '../../../test/harness/git.ts';
import { serveGitHttp } from '../../../test/harness/gitHttp.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { keepCommit, listCommits, syncMirror } from './index.ts';

async function setUp(): Promise<{ repository: Repository; mirror: string }> {
  const scratch = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-crash-')));
  const repository = await createRepository({ directory: join(scratch.path, 'source.git') });
  return { repository, mirror: join(scratch.path, 'mirrors', 'app.git') };
}

/** A pack that does not fit into what the stalling server lets through. */
const large = { 'large.bin': randomBytes(400_000) };
const stallAfterBytes = 100_000;

/** Runs a sync in a process of its own, waits until it hangs in the middle of the pack, and kills that process. */
async function killInTheMiddle(repository: Repository, mirror: string): Promise<void> {
  const server = await scoped(serveGitHttp({ root: dirname(repository.directory), stallAfterBytes }));
  const request = { url: `${server.url}/source.git`, directory: mirror };
  const program = `const { syncMirror } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))});
    await syncMirror(${JSON.stringify(request)});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
  await server.stalled;
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await gitProcessesOf(mirror)).not.toEqual([]);
  // The next sync starts while the old git still lives and waits for its server.
  const result = await syncMirror({ url: repository.directory, directory: mirror });
  expect(result).toMatchObject({ defaultBranch: 'main', empty: false });
  expect(await gitProcessesOf(mirror)).toEqual([]);
}

async function gitProcessesOf(mirror: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map((pid) => readFile(join('/proc', pid, 'environ'), 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => environments[index]?.includes(mirror));
}

test('kill -9 in the middle of the first fetch: the next sync starts clean', async () => {
  const { repository, mirror } = await setUp();
  const sha = await repository.commit({ files: large });
  await killInTheMiddle(repository, mirror);
  expect(await readdir(dirname(mirror))).toEqual(['app.git']);
  expect(await listCommits(mirror, { include: sha, limit: 5 })).toHaveLength(1);
});

test('kill -9 in the middle of a later fetch: the mirror serves what it had, the next sync goes on', async () => {
  const { repository, mirror } = await setUp();
  const first = await repository.commit();
  await syncMirror({ url: repository.directory, directory: mirror });
  const second = await repository.commit({ files: large });
  await killInTheMiddle(repository, mirror);
  expect(await listCommits(mirror, { include: first, limit: 5 })).toHaveLength(1);
  expect(await listCommits(mirror, { include: second, limit: 5 })).toHaveLength(2);
  const packs = await readdir(join(mirror, 'objects', 'pack'));
  expect(packs.filter((name) => name.startsWith('tmp'))).toEqual([]);
});

test.each([
  'HEAD.lock',
  'packed-refs.lock',
  'shallow.lock',
  'config.lock',
  'refs/heads/main.lock',
  'refs/heads/team/topic.lock',
  'objects/info/commit-graphs/commit-graph-chain.lock',
])('a leftover %s does not stop the next sync', async (lock) => {
  const { repository, mirror } = await setUp();
  await repository.commit();
  await repository.branch('gone', await repository.commit({ branch: 'team/topic' }));
  await syncMirror({ url: repository.directory, directory: mirror });
  await mkdir(dirname(join(mirror, lock)), { recursive: true });
  await writeFile(join(mirror, lock), '');
  // Something of every kind, so that each of the locks would be needed.
  await repository.commit();
  await repository.commit({ branch: 'team/topic' });
  await repository.deleteBranch('gone');
  await repository.commit({ branch: 'next' });
  await repository.git('symbolic-ref', 'HEAD', 'refs/heads/next');
  expect(await syncMirror({ url: repository.directory, directory: mirror })).toMatchObject({
    defaultBranch: 'next',
  });
  expect(await readdir(dirname(join(mirror, lock)))).not.toContain(lock.slice(lock.lastIndexOf('/') + 1));
});

test('half a pack of a killed fetch is removed', async () => {
  const { repository, mirror } = await setUp();
  await repository.commit();
  const sync = () => syncMirror({ url: repository.directory, directory: mirror });
  await sync();
  const packs = join(mirror, 'objects', 'pack');
  await writeFile(join(packs, 'tmp_pack_A1b2C3'), 'half');
  await sync();
  expect(await readdir(packs)).not.toContain('tmp_pack_A1b2C3');
});

test('a ref that a power failure has left empty is fetched again', async () => {
  const { repository, mirror } = await setUp();
  const sha = await repository.commit();
  const sync = () => syncMirror({ url: repository.directory, directory: mirror });
  await sync();
  await writeFile(join(mirror, 'refs', 'heads', 'main'), '');
  expect(await sync()).toMatchObject({ changedRefs: [{ name: 'refs/heads/main', after: sha }] });
});

test('the lock of a keepCommit that runs beside a sync is left alone, an abandoned one is not', async () => {
  const { repository, mirror } = await setUp();
  const sha = await repository.commit();
  const sync = () => syncMirror({ url: repository.directory, directory: mirror });
  await sync();
  await keepCommit(mirror, sha);
  const kept = join(mirror, 'refs', 'slipway', 'kept');
  const lock = join(kept, `${'0'.repeat(40)}.lock`);
  await writeFile(lock, '');
  await sync();
  expect(await readdir(kept)).toHaveLength(2);
  await utimes(lock, 0, 0);
  await sync();
  expect(await readdir(kept)).toEqual([sha]);
});
