import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeCheckout } from './describeCheckout.ts';
import { findCheckout } from './findCheckout.ts';

const directory = await mkdtemp(join(tmpdir(), 'slipway-describe-'));
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: directory,
    encoding: 'utf8',
  }).trim();
const describe = async () => describeCheckout(await findCheckout(directory), new Date(0));

afterAll(() => rm(directory, { recursive: true, force: true }));

test('what a run tells of a checkout: without a commit, on a branch, at a tag', async () => {
  git('init', '-q', '-b', 'topic');
  expect(await describe()).toMatchObject({
    hasCommit: false,
    originUrl: null,
    facts: { sha: '0'.repeat(40), ref: 'refs/heads/topic', before: null, serverUrl: 'https://github.com' },
  });
  await writeFile(join(directory, 'kept'), '1');
  await writeFile(join(directory, 'gone'), '1');
  git('add', '.');
  git('commit', '-qm', 'First');
  const first = git('rev-parse', 'HEAD');
  await writeFile(join(directory, 'kept'), '2');
  await writeFile(join(directory, 'new\nname'), '2');
  await rm(join(directory, 'gone'));
  git('add', '-A');
  git('commit', '-qm', 'Second\n\nWith a body');
  git('remote', 'add', 'origin', 'https://ada:hunter2@git.example.com/tides/harbor.git');
  git('config', 'user.name', 'Ada Lovelace');
  expect(await describe()).toMatchObject({
    hasCommit: true,
    originUrl: 'https://git.example.com/tides/harbor.git',
    facts: {
      repository: 'tides/harbor',
      serverUrl: 'https://git.example.com',
      sha: git('rev-parse', 'HEAD'),
      before: first,
      actor: 'ada-lovelace',
      commit: {
        message: 'Second\n\nWith a body',
        author: { name: 'Ada', email: 'ada@example.com' },
        added: ['new\nname'],
        modified: ['kept'],
        removed: ['gone'],
      },
    },
  });
  git('tag', 'v1');
  git('checkout', '-q', '--detach');
  expect((await describe()).facts.ref).toBe('refs/tags/v1');
});
