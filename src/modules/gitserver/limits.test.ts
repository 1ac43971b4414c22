import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createGitServerTest, type GitServerTest } from '../../../test/harness/gitServer.ts';
import type { Actor } from '../../platform/actor.ts';
import { readRefs } from '../../platform/git/index.ts';
import { createServer, listen } from '../../platform/http/server.ts';
import { findRepository } from '../repositories/index.ts';
import { type GitServerContext, registerGitRoutes } from './index.ts';

let server: GitServerTest;
beforeAll(async () => {
  server = await createGitServerTest();
});
afterAll(() => server[Symbol.asyncDispose]());

const directoryOf = async (name: string) =>
  server.test.core.paths.mirror((await findRepository(server.test.db, name)).id);

describe('what is pushed', () => {
  it('may be as large as is said, and no larger', async () => {
    await server.host('small', 'push_limit: 100kB');
    const copy = await server.workingCopy('small');
    await copy.must('push', '--quiet', 'origin', 'main');
    await copy.commit(randomBytes(200_000), 'large.bin');
    const { ok, stderr } = await copy.git('push', 'origin', 'main:large');
    expect(ok).toBe(false);
    expect(stderr).toContain('remote: Slipway: one push may have at most 97.7 KiB here');
    expect([...(await readRefs(await directoryOf('small'))).keys()]).toEqual(['refs/heads/main']);
  });

  it('is checked: a tree with a .git in it is not taken', async () => {
    await server.host('checked');
    const copy = await server.workingCopy('checked');
    const blob = await copy.must('rev-parse', 'HEAD:file.txt');
    const tree = await copy.must(
      'hash-object',
      '-t',
      'tree',
      '-w',
      '--literally',
      await treeWithDotGit(blob),
    );
    const commit = await copy.must('commit-tree', '-m', 'Evil', tree);
    const { ok, stderr } = await copy.git('push', 'origin', `${commit}:refs/heads/main`);
    expect(ok).toBe(false);
    expect(stderr).toContain('hasDotgit');
    expect(await readRefs(await directoryOf('checked'))).toEqual(new Map());
  });

  it('that the disk has no room for is refused in words, and leaves nothing', async () => {
    await server.host('full');
    const copy = await server.workingCopy('full');
    await copy.must('push', '--quiet', 'origin', 'main');
    const objects = join(await directoryOf('full'), 'objects');
    const tmpfs = await mountSmallDisk(objects);
    if (!tmpfs) return;
    await copy.commit(randomBytes(8_000_000), 'large.bin');
    const { ok, stderr } = await copy.git('push', 'origin', 'HEAD:large');
    expect(ok).toBe(false);
    expect(stderr).toContain('remote: Slipway: the disk of Slipway is full.');
    expect((await readdir(objects)).filter((name) => name.startsWith('tmp_'))).toEqual([]);
  });

  it('goes nowhere below refs/slipway', async () => {
    await server.host('hidden');
    const copy = await server.workingCopy('hidden');
    const { ok, stderr } = await copy.git('push', 'origin', 'main:refs/slipway/kept/x');
    expect(ok).toBe(false);
    expect(stderr).toContain('deny updating a hidden ref');
  });

  it('does not delete the default branch', async () => {
    await server.host('default');
    const copy = await server.workingCopy('default');
    await copy.must('push', '--quiet', 'origin', 'main');
    expect((await copy.git('push', 'origin', ':main')).stderr).toContain('deletion of the current branch');
  });

  /** The raw object, in a file: git itself would not make it. */
  async function treeWithDotGit(blob: string): Promise<string> {
    const file = join(server.client.directory, 'tree');
    await writeFile(file, Buffer.concat([Buffer.from('100644 .git\0'), Buffer.from(blob, 'hex')]));
    return file;
  }
});

/** A disk of 4 MB in place of what lies there, with the same in it; false where this user may not mount. */
async function mountSmallDisk(directory: string): Promise<boolean> {
  const run = promisify(execFile);
  const kept = `${directory}.kept`;
  await cp(directory, kept, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'slipway-test', directory]);
  } catch {
    return false;
  }
  onTestFinished(async () => void (await run('umount', [directory])));
  await cp(kept, directory, { recursive: true });
  return true;
}

describe('a client', () => {
  it('on which nothing moves is let go, with what ran for it', async () => {
    await server.host('stalled');
    const address = await serve({ stallMs: 200 });
    const { socket, directory } = await beginPush(address, 'stalled');
    await once(socket, 'close');
    await expect.poll(() => backendsOf(directory)).toEqual([]);
  });

  it('that leaves takes along what ran for it', async () => {
    await server.host('left');
    const { socket, directory } = await beginPush(server.test.address, 'left');
    socket.destroy();
    await expect.poll(() => backendsOf(directory)).toEqual([]);
    const copy = await server.workingCopy('left');
    await copy.must('push', '--quiet', 'origin', 'main');
  });

  /** A push that has begun, and does not go on: git runs, and waits for the rest. */
  async function beginPush(address: string, name: string): Promise<{ socket: Socket; directory: string }> {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined).resume();
    socket.write(
      [
        `POST /git/${name}.git/git-receive-pack HTTP/1.1`,
        'host: slipway',
        `authorization: Bearer ${server.test.machineToken}`,
        'content-type: application/x-git-receive-pack-request',
        'content-length: 100000',
        '',
        '00',
      ].join('\r\n'),
    );
    const directory = await directoryOf(name);
    await expect.poll(() => backendsOf(directory)).not.toEqual([]);
    return { socket, directory };
  }

  /** Processes of git that serve this repository. */
  async function backendsOf(directory: string): Promise<string[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const served = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
    );
    return pids.filter((_, index) => served[index]?.includes(`\0GIT_PROJECT_ROOT=${directory}\0`));
  }
});

describe("a job's own token", () => {
  const job: Actor = {
    ...{ kind: 'system', id: null, name: 'tools/ci.yml#1', role: 'viewer', scopes: [], teams: [], ip: null },
  };

  beforeAll(async () => {
    await server.host('jobs');
    await server.host('others');
    await server.workingCopy('jobs');
  });

  it.each([
    ['read', 'own', { pull: true, push: 'may not push: give the job `permissions: { contents: write }`' }],
    ['write', 'own', { pull: true, push: '' }],
    ['none', 'own', { pull: false, push: 'may not push' }],
    ['write', 'other', { pull: false, push: 'opens its own repository only' }],
  ] as const)('with contents: %s, for its %s repository', async (contents, whose, expected) => {
    const { id } = await findRepository(server.test.db, whose === 'own' ? 'jobs' : 'others');
    const address = await serve({
      authenticateJob: async (token) =>
        token === 'slj_right' ? { actor: job, job: { repositoryId: id, contents } } : undefined,
    });
    const url = `${address.replace('://', '://x-access-token:slj_right@')}/slipway/jobs`;
    expect((await server.client.git('.', 'ls-remote', url)).ok).toBe(expected.pull);
    const pushed = await server.client.git('jobs-copy', 'push', url, `main:${contents}`);
    if (expected.push === '') expect(pushed.ok, pushed.stderr).toBe(true);
    else expect(pushed.stderr).toContain(expected.push);
    const wrong = await server.client.git('.', 'ls-remote', url.replace('slj_right', 'slj_wrong'));
    expect(wrong.stderr).toContain('of a job that has ended');
  });
});

/** The routes on a server of their own, with other limits. */
async function serve(more: Partial<GitServerContext>): Promise<string> {
  const { core, machineToken } = server.test;
  const { db, now, paths, log } = core;
  const http = await createServer(log);
  onTestFinished(() => http.close());
  await registerGitRoutes(http, {
    ...{
      db,
      now,
      paths,
      log,
      publicUrl: 'http://slipway',
      pushLimitBytes: 1e6,
      credentials: { machineToken },
    },
    ...more,
  });
  return listen(http, '127.0.0.1', 0);
}
