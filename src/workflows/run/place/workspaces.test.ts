import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Checkout, findCheckout } from '../checkout/findCheckout.ts';
import { copiedPlaces, copyPattern, emptyPlaces } from './workspaces.ts';

let base: string;
let root: string;

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** All by which git knows the checkout, byte for byte. */
async function stateOf(directory: string): Promise<unknown> {
  const read = (name: string) => readFile(join(directory, '.git', name)).catch(() => null);
  return {
    index: await read('index'),
    head: await read('HEAD'),
    config: await read('config'),
    log: await read('logs/HEAD'),
    status: git(directory, '--no-optional-locks', 'status', '--porcelain=v2'),
    refs: git(directory, 'for-each-ref'),
  };
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'slipway-places-'));
  root = join(base, 'harbor');
  await mkdir(join(root, 'bin'), { recursive: true });
  git(root, 'init', '-q', '-b', 'main');
  git(root, 'remote', 'add', 'origin', 'https://ada:hunter2@example.com/tides/harbor.git');
  await writeFile(join(root, 'bin', 'test'), '#!/bin/sh\n');
  await chmod(join(root, 'bin', 'test'), 0o755);
  await writeFile(join(root, 'gone'), 'x');
  await writeFile(join(root, 'changed'), 'old');
  await writeFile(join(root, '.gitignore'), 'ignored\n');
  git(root, 'add', '.');
  git(root, 'commit', '-qm', 'First');
  git(root, 'tag', 'v1');
});

afterAll(() => rm(base, { recursive: true, force: true }));

async function placeOf(checkout: Checkout, only: boolean) {
  const directory = await mkdtemp(join(base, 'run-'));
  const pattern = await copyPattern(checkout, 'https://example.com/tides/harbor.git', directory);
  return copiedPlaces(pattern, checkout, { directory, only }).make();
}

async function place(only = true) {
  return placeOf(await findCheckout(join(root, 'bin')), only);
}

test('a workspace is the working tree as it stands, and a repository of its own', async () => {
  await rm(join(root, 'gone'));
  await writeFile(join(root, 'changed'), 'new');
  await writeFile(join(root, 'ignored'), 'secret');
  await writeFile(join(root, 'naïve "name"\n'), 'untracked');
  await symlink('bin/test', join(root, 'link'));
  git(root, 'init', '-q', 'nested');
  await writeFile(join(root, 'nested', 'inner'), 'x');
  const before = await stateOf(root);

  const { directories } = await place();
  const at = (name: string) => join(directories.workspace, name);
  expect(directories.workspace.endsWith('/harbor')).toBe(true);
  expect(existsSync(at('gone'))).toBe(false);
  expect(existsSync(at('ignored'))).toBe(false);
  expect(await readFile(at('changed'), 'utf8')).toBe('new');
  expect(await readFile(at('naïve "name"\n'), 'utf8')).toBe('untracked');
  expect(existsSync(at('nested/inner'))).toBe(true);
  expect((await lstat(at('link'))).isSymbolicLink()).toBe(true);
  expect((await lstat(at('bin/test'))).mode & 0o777).toBe(0o755);
  expect(git(directories.workspace, 'status', '--porcelain')).toBe(
    git(root, '--no-optional-locks', 'status', '--porcelain'),
  );
  expect(git(directories.workspace, 'describe', '--tags')).toBe('v1\n');
  expect(await stateOf(root)).toEqual(before);
});

test('places that are made at once are told apart', async () => {
  const places = emptyPlaces(await findCheckout(root), await mkdtemp(join(base, 'run-')));
  const made = await Promise.all([places.make(), places.make(), places.make()]);
  expect(made.map(({ number }) => number)).toEqual([1, 2, 3]);
});

test('what a job commits, tags, and collects stays in its workspace, and pushing is refused', async () => {
  const before = await stateOf(root);
  const { directories } = await place(false);
  const { workspace } = directories;
  git(workspace, 'add', '-A');
  git(workspace, 'commit', '-qm', 'From a job');
  git(workspace, 'tag', 'v2');
  git(workspace, 'gc', '-q', '--prune=now');
  expect(git(workspace, 'remote', 'get-url', 'origin')).toBe('https://example.com/tides/harbor.git\n');
  expect(() => git(workspace, 'push', '-q', 'origin', 'main')).toThrow('slipway-does-not-push');
  expect(await stateOf(root)).toEqual(before);
});

test('a checkout without a commit, and a second working tree, are checkouts too', async () => {
  const fresh = await mkdtemp(join(base, 'fresh-'));
  git(fresh, 'init', '-q');
  await writeFile(join(fresh, 'file'), 'x');
  git(root, 'worktree', 'add', '-q', join(base, 'second'), 'HEAD');
  for (const directory of [fresh, join(base, 'second')]) {
    const { directories } = await placeOf(await findCheckout(directory), true);
    expect(git(directories.workspace, 'status', '--porcelain')).toBe(git(directory, 'status', '--porcelain'));
  }
});

test('a place that is no checkout is told so in words', async () => {
  await expect(findCheckout(await mkdtemp(join(base, 'bare-')))).rejects.toThrow(
    /is not in a git checkout: go to one, or make it one with git init$/,
  );
  await expect(findCheckout(join(root, '.git'))).rejects.toThrow('not in a working tree');
});
