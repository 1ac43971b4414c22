import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRepository, type Repository } from '../../../test/harness/git.ts';
import { serveGitHttp } from '../../../test/harness/gitHttp.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { openActionSource } from './index.ts';

const actionFile = (name: string) => `name: ${name}\nruns:\n  using: node24\n  main: dist/index.js\n`;

async function place() {
  const root = await mkdtemp(join(tmpdir(), 'slipway-actions-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [workspace, mirror] = [join(root, 'workspace'), join(root, 'mirror')];
  await Promise.all([mkdir(workspace), mkdir(mirror)]);
  let runs = 0;
  const open = (...places: string[]) => {
    runs += 1;
    const directory = join(root, `run-${runs}`);
    return openActionSource({ places, directory, cacheDirectory: join(root, 'cache') });
  };
  return { root, workspace, mirror, open };
}

async function write(files: Record<string, string>, below: string) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(below, path)), { recursive: true });
    await writeFile(join(below, path), text);
  }
}

/** A repository with a version v1, whose next commit is on main. */
async function actionRepository(
  directory: string,
): Promise<{ repository: Repository; v1: string; main: string }> {
  const repository = await scoped(createRepository({ directory }));
  const v1 = await repository.commit({
    files: { 'action.yml': actionFile('first'), 'dist/index.js': '1\n' },
  });
  await repository.tag('v1', v1, 'annotated');
  const main = await repository.commit({
    files: { 'action.yml': actionFile('second'), 'sub/action.yaml': actionFile('sub') },
  });
  return { repository, v1, main };
}

test('an action of the workspace, as action.yml or action.yaml', async () => {
  const { workspace, open } = await place();
  await write(
    { '.github/actions/a/action.yml': actionFile('a'), 'action.yaml': actionFile('root') },
    workspace,
  );
  const source = open();
  const found = await source.find('./.github/actions/a', workspace);
  expect(found.definition.name).toBe('a');
  expect(found.directory).toBe(join(workspace, '.github/actions/a'));
  expect((await source.find('./', workspace)).definition.name).toBe('root');
});

test('`$/path` in an action is an action of the repository that it came from, at its ref', async () => {
  const { workspace, mirror, open } = await place();
  const composite =
    'name: A\ndescription: A\nruns: { using: composite, steps: [{ uses: $/inner }, { uses: ./here }] }\n';
  await write({ 'acme/tools/v1/outer/action.yml': composite, 'acme/tools/v1/action.yml': composite }, mirror);
  await write({ 'own/action.yml': composite }, workspace);
  const source = open(mirror);
  const usesOf = async (uses: string) => {
    const { runs } = (await source.find(uses, workspace)).definition;
    const steps = runs.kind === 'composite' ? runs.steps : [];
    return steps.map(({ does }) => (does.kind === 'uses' ? does.uses.value : ''));
  };
  expect(await usesOf('acme/tools/outer@v1')).toEqual(['acme/tools/inner@v1', './here']);
  expect(await usesOf('acme/tools@v1')).toEqual(['acme/tools/inner@v1', './here']);
  expect(await usesOf('./own')).toEqual(['./inner', './here']);
});

test('of the workspace, what is not there says what was looked for', async () => {
  const { workspace, open } = await place();
  await write({ 'empty/README.md': '' }, workspace);
  await expect(open().find('./nowhere', workspace)).rejects.toThrow(
    /there is no \.\/nowhere: looked for action\.yml, action\.yaml and Dockerfile in .*checked it out/,
  );
  await expect(open().find('./empty', workspace)).rejects.toThrow(
    /no action\.yml, action\.yaml or Dockerfile in/,
  );
});

test('nothing outside of the workspace is read', async () => {
  const { root, workspace, open } = await place();
  await write({ 'outside/action.yml': actionFile('outside'), 'workspace/file-out/README.md': '' }, root);
  await symlink(join(root, 'outside'), join(workspace, 'link-out'));
  await symlink(join(root, 'outside/action.yml'), join(workspace, 'file-out/action.yml'));
  await symlink('circle', join(workspace, 'circle'));
  const source = open();
  for (const uses of ['./../outside', './link-out', './file-out', './circle'])
    await expect(source.find(uses, workspace)).rejects.toThrow(/leads out of|runs in a circle/);
});

test('plain files of a mirror are copied, once for a run', async () => {
  const { mirror, workspace, open } = await place();
  await write(
    { 'octo/tool/v1/action.yml': actionFile('tool'), 'octo/tool/v1/sub/action.yml': actionFile('sub') },
    mirror,
  );
  const source = open(mirror);
  const [tool, sub, again] = await Promise.all([
    source.find('octo/tool@v1', workspace),
    source.find('octo/tool/sub@v1', workspace),
    source.find('Octo/Tool@v1', workspace),
  ]);
  expect([tool.definition.name, sub.definition.name]).toEqual(['tool', 'sub']);
  expect(sub.directory).toBe(join(tool.directory, 'sub'));
  expect(again.directory).toBe(tool.directory);
  await writeFile(join(tool.directory, 'action.yml'), 'changed by a job');
  expect(await readFile(join(mirror, 'octo/tool/v1/action.yml'), 'utf8')).toBe(actionFile('tool'));
});

test('a bare repository of a mirror: tags, branches and full shas', async () => {
  const { mirror, workspace, open } = await place();
  const { v1, main } = await actionRepository(join(mirror, 'octo/tool.git'));
  const source = open(mirror);
  for (const [uses, name] of [
    ['octo/tool@v1', 'first'],
    ['octo/tool@main', 'second'],
    ['octo/tool@refs/heads/main', 'second'],
    [`octo/tool@${v1}`, 'first'],
    [`octo/tool/sub@${main}`, 'sub'],
  ] as const)
    expect((await source.find(uses, workspace)).definition.name).toBe(name);
});

test('a clone in a mirror is only read, and its origin counts', async () => {
  const { root, mirror, workspace, open } = await place();
  const { repository, v1 } = await actionRepository(join(root, 'source.git'));
  await repository.branch('releases/v1', v1);
  const clone = join(mirror, 'octo/tool');
  execFileSync('git', ['clone', '-q', repository.directory, clone]);
  await writeFile(join(clone, 'action.yml'), 'not committed');
  const before = execFileSync('git', ['-C', clone, 'status', '--porcelain=v2', '--branch']).toString();
  const found = await open(mirror).find('octo/tool@releases/v1', workspace);
  expect(found.definition.name).toBe('first');
  expect(await readdir(found.directory)).toEqual(['action.yml', 'dist']);
  expect(execFileSync('git', ['-C', clone, 'status', '--porcelain=v2', '--branch']).toString()).toBe(before);
});

test('a sha is the commit that it names, or is refused', async () => {
  const { mirror, workspace, open } = await place();
  const { v1, main } = await actionRepository(join(mirror, 'octo/tool.git'));
  await expect(open(mirror).find(`octo/tool@${'0'.repeat(40)}`, workspace)).rejects.toThrow(
    /it has no commit 0{40}/,
  );
  await expect(open(mirror).find(`octo/tool@${v1.slice(0, 7)}`, workspace)).rejects.toThrow(
    /a short sha names no version: give all 40 digits/,
  );
  // Files that call themselves a commit, and carry a repository that can say whether they are.
  const named = join(mirror, 'octo/other', main);
  execFileSync('git', ['clone', '-q', '--branch', 'v1', join(mirror, 'octo/tool.git'), named], {
    stdio: 'ignore',
  });
  expect((await open(mirror).find(`octo/other@${main}`, workspace)).definition.name).toBe('second');
});

test('a server is asked once; a later run needs no network', async () => {
  const { root, workspace, open } = await place();
  const { v1, main } = await actionRepository(join(root, 'served/octo/tool'));
  const server = await scoped(serveGitHttp({ root: join(root, 'served') }));
  for (const ref of ['v1', 'main', v1, main]) {
    const found = await open(server.url).find(`octo/tool@${ref}`, workspace);
    expect(found.definition.name).toBe(ref === 'v1' || ref === v1 ? 'first' : 'second');
  }
  const asked = server.authorizations.length;
  await open(server.url).find('octo/tool@v1', workspace);
  expect(server.authorizations.length).toBe(asked);
});

test('two processes that fetch the same at once both get it, and nothing is left', async () => {
  const { root, workspace, open } = await place();
  await actionRepository(join(root, 'served/octo/tool'));
  const server = `file://${join(root, 'served')}`;
  const found = await Promise.all([1, 2, 3].map(() => open(server).find('octo/tool@v1', workspace)));
  expect(found.map(({ definition }) => definition.name)).toEqual(['first', 'first', 'first']);
  const kept = await readdir(join(root, 'cache'), { recursive: true });
  expect(kept.filter((name) => name.includes('incoming'))).toEqual([]);
});

test('an action that is nowhere: where it was looked for, and what to do', async () => {
  const { root, mirror, workspace, open } = await place();
  await actionRepository(join(mirror, 'octo/tool.git'));
  await mkdir(join(root, 'served'));
  const server = await scoped(serveGitHttp({ root: join(root, 'served') }));
  await expect(open(mirror, server.url).find('octo/tool@v2', workspace)).rejects.toThrow(
    new RegExp(
      [
        '^octo/tool@v2 is in none of the places that actions are taken from:',
        `  ${mirror}/octo/tool: no such directory`,
        `  ${mirror}/octo/tool.git: it has no tag or branch v2 \\(there is v1\\)`,
        `  cannot fetch ${server.url}/octo/tool: there is no such repository.*`,
        'Say where it is with --actions, or in SLIPWAY_ACTIONS of who runs it: a directory with octo/tool/v2 or a clone at octo/tool in it, or a server such as https://github.com$',
      ].join('\n'),
    ),
  );
  await expect(open().find('octo/tool@v2', workspace)).rejects.toThrow(/no place to take those from is set/);
  expect(() => open(join(root, 'gone'))).toThrow(/there is no directory/);
});

test('a repository that lacks files, or vanishes, is told so', async () => {
  const { mirror, workspace, open } = await place();
  const directory = join(mirror, 'octo/tool.git');
  await actionRepository(directory);
  const objects = await readdir(join(directory, 'objects'), { recursive: true, withFileTypes: true });
  const blob = execFileSync('git', ['-C', directory, 'rev-parse', 'v1:dist/index.js']).toString().trim();
  const pack = objects.find(({ name }) => name.endsWith('.pack'));
  if (pack !== undefined) {
    await rename(join(pack.parentPath, pack.name), join(mirror, 'pack'));
    await rm(pack.parentPath, { recursive: true });
    execFileSync('sh', ['-c', `git -C "$1" unpack-objects -q < "$2"`, 'sh', directory, join(mirror, 'pack')]);
  }
  await rm(join(directory, 'objects', blob.slice(0, 2), blob.slice(2)));
  await expect(open(mirror).find('octo/tool@v1', workspace)).rejects.toThrow(
    /octo\/tool@v1: .*tool\.git does not have all files of [0-9a-f]{10}; it is damaged, or a partial clone/,
  );
  const source = open(mirror);
  await rm(directory, { recursive: true });
  await expect(source.find('octo/tool@v1', workspace)).rejects.toThrow(/tool\.git: no such directory/);
});

test('links that lead out of an action are refused', async () => {
  const { root, mirror, workspace, open } = await place();
  await write(
    { 'octo/tool/v1/action.yml': actionFile('tool'), 'octo/tool/v1/lib/a.js': '', secret: 'x' },
    mirror,
  );
  await symlink('a.js', join(mirror, 'octo/tool/v1/lib/b.js'));
  await symlink('circle', join(mirror, 'octo/tool/v1/lib/circle'));
  await expect(open(mirror).find('octo/tool@v1', workspace)).resolves.toBeDefined();
  await symlink('../../../../secret', join(mirror, 'octo/tool/v1/lib/c.js'));
  await expect(open(mirror).find('octo/tool@v1', workspace)).rejects.toThrow(
    'octo/tool@v1 is refused: the link lib/c.js in it leads out of it, to ../../../../secret',
  );
  await expect(readdir(join(root, 'run-2/octo/tool'))).resolves.toEqual([]);
});

test.each([
  'octo/tool',
  'octo@v1',
  '../tool@v1',
  'octo/..@v1',
  '-u/tool@v1',
  'octo/tool/../../x@v1',
  'octo/tool@--upload-pack=x',
  'octo/tool@a..b',
  'octo/tool@HEAD~1',
  '/etc/passwd@v1',
  'https://github.com/octo/tool@v1',
])('%s names no action', async (uses) => {
  const { mirror, workspace, open } = await place();
  await expect(open(mirror).find(uses, workspace)).rejects.toThrow(/names no action: /);
});

test('a reusable workflow of another repository', async () => {
  const { mirror, workspace, open } = await place();
  await write({ 'octo/ci/v1/.github/workflows/test.yml': 'on: workflow_call\n' }, mirror);
  const uses = 'octo/ci/.github/workflows/test.yml@v1';
  expect(await open(mirror).findWorkflow(uses)).toEqual({ file: uses, text: 'on: workflow_call\n' });
  await expect(open(mirror).findWorkflow('octo/ci/.github/workflows/no.yml@v1')).rejects.toThrow(
    /octo\/ci has no \.github\/workflows\/no\.yml/,
  );
  await expect(open(mirror).findWorkflow('octo/ci/test.yml@v1')).rejects.toThrow(
    /names no reusable workflow/,
  );
  expect(workspace).toBeDefined();
});

test('an action file that is wrong says where', async () => {
  const { workspace, open } = await place();
  await write({ 'a/action.yml': 'name: a\n' }, workspace);
  await expect(open().find('./a', workspace)).rejects.toThrow(
    /^\.\/a cannot be used:\na\/action\.yml:\d+:\d+: /,
  );
});
