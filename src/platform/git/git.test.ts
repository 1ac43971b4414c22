import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createRepository } from '../../../test/harness/git.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { runGit, streamGit } from './git.ts';
import { GitError } from './gitError.ts';

afterEach(() => vi.unstubAllEnvs());

/** `git -c alias.x='!sh …' x` runs a script as a git command, here one that takes as long as it is asked to. */
function script(text: string): string[] {
  return ['-c', `alias.script=!${text}`, 'script'];
}

test('a failure names the command, the place, the exit code and the reason', async () => {
  const error = await runGit(['log'], { gitDir: '/nowhere' }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(GitError);
  expect(error).toMatchObject({
    exitCode: 128,
    message: expect.stringMatching(/^git log failed in \/nowhere \(exit 128\): fatal: not a git repository/),
  });
});

test('the environment of Slipway neither redirects git nor reaches it', async () => {
  vi.stubEnv('GIT_DIR', '/elsewhere');
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'core.pager');
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'evil');
  vi.stubEnv('SLIPWAY_SECRET_KEY', 's3cret');
  const repository = await scoped(createRepository());
  const environment = (await runGit(script('env'), { gitDir: repository.directory })).toString();
  expect(environment).toContain(`GIT_DIR=${repository.directory}\n`);
  expect(environment).not.toMatch(/s3cret|evil|elsewhere/);
});

test('a secret given as such is not in the error', async () => {
  const secrets = ['hunter2'];
  const error = runGit(script('echo "hunter2 https://ada:pw@host/x" >&2; exit 3; #'), { secrets });
  await expect(error).rejects.toMatchObject({ exitCode: 3, stderr: '*** https://***@host/x' });
  await expect(error).rejects.toThrowError(/^(?!.*(hunter2|pw@))/s);
});

test('at its time limit git ends together with its helpers', async () => {
  const directory = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-git-')));
  const pidFile = join(directory.path, 'pid');
  const running = runGit(script(`sleep 300 & echo $! > ${pidFile}; wait; #`), { timeoutMs: 300 });
  await expect(running).rejects.toMatchObject({
    stopped: 'timeout',
    message: expect.stringContaining('time limit'),
  });
  const pid = (await readFile(pidFile, 'utf8')).trim();
  await vi.waitFor(async () => expect(await stateOf(pid)).toMatch(/gone|Z/), { timeout: 60_000 });
});

async function stateOf(pid: string): Promise<string> {
  return readFile(`/proc/${pid}/stat`, 'utf8').then(
    (stat) => stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '',
    () => 'gone',
  );
}

test('an abort rejects with its reason, before and while git runs', async () => {
  const reason = new Error('cancelled by Ada');
  await expect(runGit(['version'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const running = runGit(script('echo started >&2; sleep 300; #'), {
    signal: controller.signal,
    onStderr: () => controller.abort(reason),
  });
  await expect(running).rejects.toBe(reason);
});

test('endless output is cut off at its limit', async () => {
  const running = runGit(script('yes; #'), { maxBytes: 1_000_000 });
  await expect(running).rejects.toMatchObject({ stopped: 'too_large' });
});

test('input reaches git, and a git that does not read it is no failure', async () => {
  const repository = await scoped(createRepository());
  const sha = await runGit(['hash-object', '--stdin'], { gitDir: repository.directory, input: 'hello\n' });
  expect(sha.toString().trim()).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  await expect(runGit(['version'], { input: Buffer.alloc(10_000_000) })).resolves.toBeDefined();
});

test('a stream yields all, reports a failure at its end, and ends git when its reader leaves', async () => {
  let size = 0;
  for await (const chunk of streamGit(script('head -c 5000000 /dev/zero; #'))) size += chunk.length;
  expect(size).toBe(5_000_000);

  const failing = async () => {
    for await (const _ of streamGit(script('echo part; exit 4; #')));
  };
  await expect(failing()).rejects.toMatchObject({ exitCode: 4 });

  for await (const chunk of streamGit(script('yes; #'))) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
});

test('a missing working directory is not reported as a missing git', async () => {
  await expect(runGit(['version'], { cwd: '/nowhere' })).rejects.toThrowError(
    'there is no directory /nowhere',
  );
  vi.stubEnv('PATH', '/nowhere');
  await expect(runGit(['version'])).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('install git'),
  });
});

test('hooks and external protocols never run', async () => {
  const repository = await scoped(createRepository());
  const scratch = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-git-')));
  const trace = join(scratch.path, 'ran');
  const sha = await repository.commit();
  await mkdir(join(repository.directory, 'hooks'), { recursive: true });
  const hook = join(repository.directory, 'hooks', 'reference-transaction');
  await writeFile(hook, `#!/bin/sh\ntouch ${trace}\n`, { mode: 0o755 });
  await runGit(['update-ref', 'refs/heads/other', sha], { gitDir: repository.directory });
  await expect(runGit(['ls-remote', `ext::touch ${trace}`])).rejects.toThrowError(/not allowed/);
  await expect(readFile(trace)).rejects.toMatchObject({ code: 'ENOENT' });
});
