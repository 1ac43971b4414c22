import { randomBytes } from 'node:crypto';
import { mkdtempDisposable, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRepository, type Repository } from '../../../test/harness/git.ts';
import { serveGitHttp } from '../../../test/harness/gitHttp.ts';
import { serveSsh, sshUnavailable } from '../../../test/harness/gitSsh.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { explainFetchFailure, type FetchError, syncMirror } from './index.ts';

const token = 'ghp_s3cretT0ken';

async function setUp(): Promise<{ repository: Repository; scratch: string; mirror: string }> {
  const scratch = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-access-')));
  const repository = await createRepository({ directory: join(scratch.path, 'source.git') });
  await repository.commit({ files: { 'large.bin': randomBytes(400_000) } });
  return { repository, scratch: scratch.path, mirror: join(scratch.path, 'mirror.git') };
}

async function failureOf(sync: Promise<unknown>): Promise<FetchError> {
  return sync.then(
    () => expect.fail('the fetch should have failed'),
    (error: FetchError) => error,
  );
}

/** Everything an operator might see of an error: message, stack, details, causes. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [
    error.message,
    error.stack,
    JSON.stringify(error),
    JSON.stringify(Object.entries(error)),
    everythingIn(error.cause),
  ].join();
}

async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')),
  );
  return lines.join('\n');
}

async function contentsOf(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join(
    '\n',
  );
}

describe('over http', () => {
  test('the right token fetches, a wrong one and none are refused', async () => {
    const { mirror, repository } = await setUp();
    const server = await scoped(serveGitHttp({ root: dirname(repository.directory), token }));
    const url = `${server.url}/source.git`;
    const anonymous = await failureOf(syncMirror({ url, directory: mirror }));
    expect(anonymous).toMatchObject({
      code: 'upstream_failed',
      kind: 'auth',
      message: expect.stringContaining(url),
    });
    const wrong = await failureOf(
      syncMirror({ url, directory: mirror, credential: { kind: 'token', token: 'wr0ng' } }),
    );
    expect(wrong.kind).toBe('auth');
    expect(everythingIn(wrong)).not.toContain('wr0ng');

    const credential = { kind: 'token', token, username: 'ada' } as const;
    expect(await syncMirror({ url, directory: mirror, credential })).toMatchObject({ created: true });
    expect(server.authorizations.at(-1)).toBe(`Basic ${Buffer.from(`ada:${token}`).toString('base64')}`);
    expect(await contentsOf(mirror)).not.toContain(token);
  });

  test('a token in the URL works, and shows neither in errors nor in the mirror', async () => {
    const { mirror, repository } = await setUp();
    const server = await scoped(serveGitHttp({ root: dirname(repository.directory), token }));
    const withToken = server.url.replace('http://', `http://ada:${token}@`);
    expect(await syncMirror({ url: `${withToken}/source.git`, directory: mirror })).toMatchObject({
      created: true,
    });
    expect(await contentsOf(mirror)).not.toContain(token);
    const missing = await failureOf(syncMirror({ url: `${withToken}/other.git`, directory: mirror }));
    expect(missing.kind).toBe('not_found');
    expect(everythingIn(missing)).not.toContain(token);
  });

  test('while it fetches, no command line and no file shows the token', async () => {
    const { mirror, repository } = await setUp();
    const server = await scoped(
      serveGitHttp({
        root: dirname(repository.directory),
        token,
        stallAfterBytes: 100_000,
      }),
    );
    const controller = new AbortController();
    const syncing = failureOf(
      syncMirror({
        url: server.url.replace('http://', `http://ada:${token}@`).concat('/source.git'),
        directory: mirror,
        signal: controller.signal,
      }),
    );
    await server.stalled;
    const shown = await commandLines();
    expect(shown).toContain('/source.git');
    expect(shown).not.toContain(token);
    expect(await contentsOf(`${mirror}.incoming`)).not.toContain(token);
    controller.abort(new Error('enough'));
    expect((await syncing).message).toBe('enough');
  });

  test('a redirect to another server does not carry the token there', async () => {
    const { mirror, repository } = await setUp();
    const other = await scoped(serveGitHttp({ root: dirname(repository.directory), token }));
    const first = await scoped(serveGitHttp({ root: '/nowhere', redirectTo: other.url }));
    const credential = { kind: 'token', token } as const;
    const error = await failureOf(
      syncMirror({ url: `${first.url}/source.git`, directory: mirror, credential }),
    );
    expect(error.kind).toBe('auth');
    expect(other.authorizations.length).toBeGreaterThan(0);
    expect(other.authorizations.every((header) => header === undefined)).toBe(true);
  });

  test('a silent server ends at the time limit; the next sync works', async () => {
    const { mirror, repository } = await setUp();
    const root = dirname(repository.directory);
    const silent = await scoped(serveGitHttp({ root, stallAfterBytes: 100_000 }));
    const error = await failureOf(
      syncMirror({ url: `${silent.url}/source.git`, directory: mirror, timeoutMs: 700 }),
    );
    expect(error.kind).toBe('timeout');
    expect(await readdir(root)).toEqual(['source.git']);
    expect(await syncMirror({ url: repository.directory, directory: mirror })).toMatchObject({
      created: true,
    });
  });

  test('servers that are down, broken or know nothing of git say so', async () => {
    const { mirror, repository } = await setUp();
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    const kindOf = async (url: string) => (await failureOf(syncMirror({ url, directory: mirror }))).kind;
    expect(await kindOf(`http://127.0.0.1:${port}/source.git`)).toBe('network');
    expect(await kindOf('http://no-such-host.invalid/source.git')).toBe('network');
    const broken = await scoped(serveGitHttp({ root: dirname(repository.directory), status: 503 }));
    expect(await kindOf(`${broken.url}/source.git`)).toBe('network');
    const page = await scoped(serveGitHttp({ root: dirname(repository.directory), status: 200 }));
    expect(await kindOf(`${page.url}/source.git`)).toBe('not_a_repository');
    expect(await kindOf(dirname(repository.directory))).toBe('not_a_repository');
    expect(await kindOf('/nowhere/at all')).toBe('not_a_repository');
  });
});

const unavailable = sshUnavailable();
describe.skipIf(unavailable !== null)(`over ssh${unavailable === null ? '' : `: ${unavailable}`}`, () => {
  test('the right key fetches, a wrong and a broken one are refused, none stays behind', async () => {
    const { mirror, repository, scratch } = await setUp();
    const server = await scoped(serveSsh());
    const knownHostsFile = join(scratch, 'known hosts', 'file');
    const sync = (privateKey: string) =>
      syncMirror({
        url: server.url + repository.directory,
        directory: mirror,
        credential: { kind: 'sshKey', privateKey },
        knownHostsFile,
      });
    for (const key of [server.strangerKey, 'no key at all']) {
      const error = await failureOf(sync(key));
      expect(error.kind).toBe('auth');
      expect(everythingIn(error)).not.toContain(key);
    }
    // As it arrives from a form: Windows line ends, the last one missing.
    expect(await sync(server.privateKey.trim().replaceAll('\n', '\r\n'))).toMatchObject({ created: true });
    expect(await readFile(knownHostsFile, 'utf8')).toContain('ssh-ed25519');
    expect(await ownKeyDirectories()).toEqual([]);
    expect(await contentsOf(mirror)).not.toContain('PRIVATE KEY');
  });

  test('a server whose host key has changed is not spoken to', async () => {
    const { mirror, repository, scratch } = await setUp();
    const knownHostsFile = join(scratch, 'known_hosts');
    const server = await scoped(serveSsh());
    const { port } = new URL(server.url);
    const otherKey = 'AAAAC3NzaC1lZDI1NTE5AAAAIAoDEAh3e2g/32fQnHmAQrFVPtMMctvoK609fBVidM5O';
    await writeFile(knownHostsFile, `[127.0.0.1]:${port} ssh-ed25519 ${otherKey}\n`);
    const error = await failureOf(
      syncMirror({
        url: server.url + repository.directory,
        directory: mirror,
        credential: { kind: 'sshKey', privateKey: server.privateKey },
        knownHostsFile,
      }),
    );
    expect(error.kind).toBe('host_key');
  });

  test('the key file is private while it is used, and keys of a killed process are removed', async () => {
    const { mirror, repository, scratch } = await setUp();
    const server = await scoped(serveSsh());
    const abandoned = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-ssh-4194305-')));
    const modes: number[] = [];
    await syncMirror({
      url: server.url + repository.directory,
      directory: mirror,
      credential: { kind: 'sshKey', privateKey: server.privateKey },
      knownHostsFile: join(scratch, 'known_hosts'),
      onProgress: async () => {
        for (const name of await ownKeyDirectories()) {
          const file = await stat(join(tmpdir(), name, 'key')).catch(() => null);
          if (file !== null) modes.push(file.mode & 0o777);
        }
      },
    });
    expect(new Set(modes)).toEqual(new Set([0o600]));
    await expect(stat(abandoned.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

async function ownKeyDirectories(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`slipway-ssh-${process.pid}-`));
}

test('a credential that cannot work with the URL is refused before anything is contacted', async () => {
  const { mirror } = await setUp();
  const invalid = { code: 'invalid_input' };
  const sync = (url: string, credential: Parameters<typeof syncMirror>[0]['credential'] & object) =>
    syncMirror({ url, directory: mirror, credential });
  await expect(sync('git@host:app', { kind: 'token', token })).rejects.toMatchObject(invalid);
  await expect(sync('https://host/app', { kind: 'sshKey', privateKey: 'x' })).rejects.toMatchObject(invalid);
  await expect(sync('/srv/app.git', { kind: 'token', token })).rejects.toMatchObject(invalid);
  await expect(sync('https://host/app', { kind: 'token', token: 'a\nb' })).rejects.toMatchObject(invalid);
});

test('a fetch failure explains itself once', async () => {
  const error = await failureOf(syncMirror({ url: '/nowhere', directory: join(tmpdir(), 'slipway-never') }));
  expect(explainFetchFailure(error)).toEqual({ kind: 'not_a_repository', message: error.message });
});
