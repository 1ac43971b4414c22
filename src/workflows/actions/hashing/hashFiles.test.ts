import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtempDisposable, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { scoped } from '../../../../test/harness/scoped.ts';
import { hashFiles } from '../index.ts';

const files = [
  'package-lock.json',
  'a/package-lock.json',
  'a/b/c/package-lock.json',
  'a/b/c/deep.txt',
  'a/b.txt',
  'a.txt',
  'a-b/x.TXT',
  'b/[x].txt',
  'b/é.txt',
  'b/{x,y}.txt',
  'b/!x.txt',
  'b/#x.txt',
  'b/x y.txt',
  '.hidden/.file',
  '.github/workflows/test.yml',
  'Z/last.txt',
];

async function workspaceWith(
  more: (workspace: string) => Promise<unknown> = async () => {},
): Promise<string> {
  const { path } = await scoped(mkdtempDisposable(join(await realpath(tmpdir()), 'slipway-hash-')));
  const workspace = join(path, 'work (1)');
  for (const file of files) {
    await mkdir(dirname(join(workspace, file)), { recursive: true });
    await writeFile(join(workspace, file), `content of ${file}`);
  }
  await more(workspace);
  return workspace;
}

/** What `@actions/glob` says, in a process of its own: it takes its directory and writes to stdout. */
function official(workspace: string, lists: readonly (readonly string[])[]): (string | null)[] {
  const program = `const { hashFiles } = await import(${JSON.stringify(import.meta.resolve('@actions/glob'))});
    const answers = [];
    for (const list of ${JSON.stringify(lists)}) {
      const followSymbolicLinks = list[0] === '--follow-symbolic-links';
      const text = list.slice(followSymbolicLinks ? 1 : 0).join('\\n');
      answers.push(await hashFiles(text, process.cwd(), { followSymbolicLinks }).catch(() => null));
    }
    (await import('node:fs')).writeFileSync('../answers.json', JSON.stringify(answers));`;
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: workspace,
    env: { HOME: join(workspace, '../home') },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return JSON.parse(readFileSync(join(workspace, '../answers.json'), 'utf8')) as (string | null)[];
}

const lists: readonly (readonly string[])[] = [
  ['package-lock.json'],
  ['**/package-lock.json'],
  ['**/package-lock.json', '**/*.txt'],
  ['**/*.txt', '**/package-lock.json'],
  ['a'],
  ['a/'],
  ['a/**'],
  ['a/*'],
  ['a.txt/**'],
  ['a.txt/'],
  ['**'],
  ['*'],
  ['***'],
  ['a/**/package-lock.json'],
  ['a/**/**/*.txt'],
  ['**/b/**'],
  ['**/?.txt'],
  ['**/[x].txt'],
  ['b/[[]x].txt'],
  ['b/\\[x\\].txt'],
  ['b/[!a-z]*'],
  ['b/[^a-z]*'],
  ['b/[z-a]*'],
  ['b/[]x]*'],
  ['b/[x'],
  ['b/[[:alpha:]].txt'],
  ['b/[[:punct:]]*'],
  ['b/é.txt'],
  ['b/?.txt'],
  ['b/{x,y}.txt'],
  ['b/+(x|é).txt'],
  ['b/(x).txt'],
  ['b/!x.txt'],
  ['b/#x.txt'],
  ['#comment', 'a.txt'],
  ['a.txt\nb/x y.txt'],
  ['  a.txt  '],
  ['**/*.txt', '!a'],
  ['**/*.txt', '!a/b/**'],
  ['**/*.txt', '!**/deep.txt', 'a/b/c/deep.txt'],
  ['!a/**', '**/*.txt'],
  ['! a.txt', '!! a.txt'],
  ['!a.txt'],
  ['./a.txt'],
  ['./**/*.txt'],
  ['a/./b.txt'],
  ['a/../a.txt'],
  ['../*'],
  ['~/**'],
  ['.hidden/*', '.github'],
  ['**/.*'],
  ['a//b.txt'],
  ['nothing/here'],
  [''],
  [],
  ['a-b/*.txt', '**/*.TXT'],
  ['a/b/c/deep.txt', 'a/b/**', 'a'],
  ['Z/**', 'a/**'],
];

test('patterns and order are those of @actions/glob', async () => {
  const workspace = await workspaceWith();
  const expected = official(workspace, lists);
  const ours = await Promise.all(lists.map((list) => hashFiles(workspace, list).catch(() => null)));
  expect(Object.fromEntries(lists.map((list, index) => [list.join('|'), ours[index]]))).toEqual(
    Object.fromEntries(lists.map((list, index) => [list.join('|'), expected[index]])),
  );
  expect(new Set(expected).size).toBeGreaterThan(25);
});

test('links inside of the workspace count as @actions/glob counts them, and cycles end', async () => {
  const workspace = await workspaceWith(async (root) => {
    await symlink('a', join(root, 'link'));
    await symlink('../a.txt', join(root, 'b', 'link.txt'));
    await symlink('..', join(root, 'a', 'up'));
  });
  const linked = [
    ['**/*.txt'],
    ['link/**'],
    ['--follow-symbolic-links', '**/*.txt'],
    ['--follow-symbolic-links', 'link'],
  ];
  const ours = await Promise.all(linked.map((list) => hashFiles(workspace, list)));
  expect(ours).toEqual(official(workspace, linked));
});

test('nothing outside of the workspace counts, neither by a link nor by a path', async () => {
  const workspace = await workspaceWith(async (root) => {
    await writeFile(join(root, '..', 'outside.txt'), 'secret');
    await symlink('../outside.txt', join(root, 'out.txt'));
    await symlink('..', join(root, 'out'));
    await symlink('nowhere', join(root, 'broken'));
  });
  for (const list of [
    ['out.txt'],
    ['broken'],
    ['--follow-symbolic-links', 'out/**'],
    [join(workspace, '../outside.txt')],
    ['/etc/**'],
  ])
    expect(await hashFiles(workspace, list)).toBe('');
  expect(await hashFiles(workspace, [`${workspace}/a.txt`])).toBe(await hashFiles(workspace, ['a.txt']));
});

test('what is no file is passed over', async () => {
  const workspace = await workspaceWith(async (root) => execFileSync('mkfifo', [join(root, 'pipe')]));
  expect(await hashFiles(workspace, ['pipe'])).toBe('');
});

test('a pattern of many stars takes no longer than one of few', async () => {
  const name = 'a'.repeat(200);
  const workspace = await workspaceWith((directory) => writeFile(join(directory, name), ''));
  expect(await hashFiles(workspace, [`${'a*'.repeat(40)}b`])).toBe('');
  expect(await hashFiles(workspace, [`${'*a'.repeat(40)}?[a]`])).not.toBe('');
});
