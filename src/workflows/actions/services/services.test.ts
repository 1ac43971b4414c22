import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtempDisposable, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { scoped } from '../../../../test/harness/scoped.ts';
import { listArtifacts, type ServiceOptions, type Services, startServices } from '../index.ts';

const run = promisify(execFile);

async function place() {
  const { path } = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-services-')));
  const workspace = join(path, 'workspace');
  await mkdir(workspace);
  const directories = { artifacts: join(path, 'artifacts'), cache: join(path, 'cache') };
  const start = async (more: Partial<ServiceOptions> = {}) => {
    const services = await startServices({ ...directories, scopes: ['refs/heads/main'], ...more });
    onTestFinished(() => services.close());
    return services;
  };
  return { path, workspace, start, ...directories };
}

/** Runs a script as a step would: a process of its own, with what the services say in its environment. */
async function step(
  workspace: string,
  env: Readonly<Record<string, string>>,
  script: string,
): Promise<unknown> {
  const temporary = join(workspace, '..', 'temp');
  await mkdir(temporary, { recursive: true });
  const program = `const { DefaultArtifactClient } = await import(${JSON.stringify(import.meta.resolve('@actions/artifact'))});
    const cache = await import(${JSON.stringify(import.meta.resolve('@actions/cache'))});
    const artifact = new DefaultArtifactClient();
    const result = await (async () => { ${script} })();
    (await import('node:fs')).writeFileSync(${JSON.stringify(join(temporary, 'result.json'))}, JSON.stringify(result ?? null));`;
  await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temporary,
      RUNNER_OS: 'Linux',
      GITHUB_REF: 'refs/heads/main',
      ...env,
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(await readFile(join(temporary, 'result.json'), 'utf8'));
}

test('the official client of artifacts: upload, list, download, delete', async () => {
  const { workspace, start, artifacts } = await place();
  const { env } = await start();
  await writeFile(join(workspace, 'report.txt'), 'all is well');
  await writeFile(join(workspace, 'large.bin'), randomBytes(20 * 1024 * 1024));
  const result = await step(
    workspace,
    env,
    `const uploaded = await artifact.uploadArtifact('report (1)', ['report.txt', 'large.bin'].map((name) => process.cwd() + '/' + name), process.cwd());
     const second = await artifact.uploadArtifact('other', [process.cwd() + '/report.txt'], process.cwd());
     const again = await artifact.uploadArtifact('other', [process.cwd() + '/report.txt'], process.cwd()).catch((error) => error.message);
     const listed = await artifact.listArtifacts();
     const one = await artifact.getArtifact('report (1)');
     const { digestMismatch } = await artifact.downloadArtifact(uploaded.id, { path: process.cwd() + '/back', expectedHash: 'sha256:' + uploaded.digest });
     const deleted = await artifact.deleteArtifact('other');
     const missing = await artifact.getArtifact('other').catch((error) => error.name);
     return { uploaded, second, again, names: listed.artifacts.map(({ name }) => name).sort(), one: one.artifact, digestMismatch, deleted, missing };`,
  );
  expect(result).toMatchObject({
    uploaded: { id: 1 },
    second: { id: 2 },
    again: expect.stringContaining('already exists on the workflow run'),
    names: ['other', 'report (1)'],
    one: { name: 'report (1)', id: 1 },
    deleted: { id: 2 },
    missing: 'ArtifactNotFoundError',
  });
  expect(await readFile(join(workspace, 'back', 'report.txt'), 'utf8')).toBe('all is well');
  const [sent, came] = await Promise.all(
    ['large.bin', 'back/large.bin'].map((name) => readFile(join(workspace, name))),
  );
  expect(came?.equals(sent ?? Buffer.of())).toBe(true);
  const kept = await listArtifacts(artifacts);
  expect(kept).toMatchObject([{ name: 'report (1)', file: join(artifacts, 'report (1)', 'report (1).zip') }]);
  await run('python3', ['-m', 'zipfile', '-t', kept[0]?.file ?? '']);
});

test('a file that is kept without an archive', async () => {
  const { workspace, start, artifacts } = await place();
  const { env } = await start();
  await writeFile(join(workspace, 'page.html'), '<p>hello</p>');
  await step(
    workspace,
    env,
    `const { id } = await artifact.uploadArtifact('ignored', [process.cwd() + '/page.html'], process.cwd(), { skipArchive: true });
     await artifact.downloadArtifact(id, { path: process.cwd() + '/back' });`,
  );
  expect(await readFile(join(workspace, 'back', 'page.html'), 'utf8')).toBe('<p>hello</p>');
  expect(await readFile(join(artifacts, 'page.html', 'page.html'), 'utf8')).toBe('<p>hello</p>');
});

test('the official client of the cache: a miss, a save, hits by key and by the newest of a beginning', async () => {
  const { workspace, start } = await place();
  let minute = 0;
  const { env } = await start({ now: () => new Date(Date.UTC(2030, 0, 1, 0, minute++)) });
  await mkdir(join(workspace, 'kept'));
  await writeFile(join(workspace, 'kept', 'file'), 'first');
  const result = await step(
    workspace,
    env,
    `const fs = await import('node:fs');
     const miss = await cache.restoreCache(['kept'], 'deps-1', ['deps-']);
     const first = await cache.saveCache(['kept'], 'deps-1');
     const twice = await cache.saveCache(['kept'], 'deps-1');
     fs.writeFileSync('kept/file', 'second');
     await cache.saveCache(['kept'], 'deps-2');
     fs.rmSync('kept', { recursive: true });
     const exact = await cache.restoreCache(['kept'], 'deps-1', []);
     const was = fs.readFileSync('kept/file', 'utf8');
     const newest = await cache.restoreCache(['kept'], 'deps-3', ['nothing-', 'deps-']);
     const now = fs.readFileSync('kept/file', 'utf8');
     const looked = await cache.restoreCache(['kept'], 'deps-2', [], { lookupOnly: true });
     const otherPaths = await cache.restoreCache(['kept', 'more'], 'deps-1', []);
     return { miss, first, twice, exact, was, newest, now, looked, otherPaths };`,
  );
  expect(result).toEqual({
    first: 1,
    twice: -1,
    exact: 'deps-1',
    was: 'first',
    newest: 'deps-2',
    now: 'second',
    looked: 'deps-2',
  });
});

test('the older protocol of the cache', async () => {
  const { workspace, start } = await place();
  const { env } = await start();
  await writeFile(join(workspace, 'large.bin'), randomBytes(3 * 1024 * 1024));
  const result = await step(
    workspace,
    // What the client takes for another server than GitHub's speaks the older one.
    { ...env, GITHUB_SERVER_URL: 'https://git.example.com' },
    `const saved = await cache.saveCache(['large.bin'], 'key-1', { uploadChunkSize: 1024 * 1024 });
     const before = (await import('node:fs')).readFileSync('large.bin', 'base64');
     const hit = await cache.restoreCache(['large.bin'], 'key-2', ['key-']);
     const miss = await cache.restoreCache(['large.bin'], 'other');
     return { saved, hit, miss, same: before === (await import('node:fs')).readFileSync('large.bin', 'base64') };`,
  );
  expect(result).toEqual({ saved: 1, hit: 'key-1', same: true });
});

/** One call of the protocol, as the clients make it. */
async function call(
  env: Readonly<Record<string, string>>,
  method: string,
  body: object,
  token = env.ACTIONS_RUNTIME_TOKEN,
) {
  const url = `${env.ACTIONS_RESULTS_URL}twirp/github.actions.results.api.v1.${method}`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

function idsIn(env: Readonly<Record<string, string>>) {
  const claims = JSON.parse(
    Buffer.from(env.ACTIONS_RUNTIME_TOKEN?.split('.')[1] ?? '', 'base64url').toString(),
  );
  const [, run_, job] = /Actions\.Results:([^: ]+):([^: ]+)/.exec(claims.scp) ?? [];
  return { workflow_run_backend_id: run_, workflow_job_run_backend_id: job };
}

const put = (
  url: string | undefined,
  body: string | Buffer,
  query = '',
  headers: Record<string, string> = {},
) => fetch(`${url}${query}`, { method: 'PUT', body, headers }).then(({ status }) => status);
const wholeBlob = { 'x-ms-blob-type': 'BlockBlob' };

test('what is not finished is not visible, and another upload of the same name begins anew', async () => {
  const { start, artifacts } = await place();
  const services = await start();
  const { env } = services;
  const ids = idsIn(env);
  const create = async () =>
    (await call(env, 'ArtifactService/CreateArtifact', { ...ids, name: 'a', version: 7 })).body
      .signed_upload_url;
  const names = async () => (await call(env, 'ArtifactService/ListArtifacts', ids)).body.artifacts;
  const first = await create();
  expect(await put(first, 'half', `&comp=block&blockid=${btoa('1')}`)).toBe(201);
  expect(await names()).toEqual([]);
  const second = await create();
  expect(await put(second, 'whole', '', wholeBlob)).toBe(201);
  expect(await names()).toEqual([]);
  expect(await call(env, 'ArtifactService/FinalizeArtifact', { ...ids, name: 'a', size: '4' })).toMatchObject(
    { status: 400 },
  );
  expect(
    await call(env, 'ArtifactService/FinalizeArtifact', { ...ids, name: 'a', size: '5', hash: 'sha256:0' }),
  ).toMatchObject({ status: 400 });
  expect(await names()).toEqual([]);
  expect(await call(env, 'ArtifactService/FinalizeArtifact', { ...ids, name: 'a', size: '5' })).toMatchObject(
    { status: 200 },
  );
  expect(await names()).toHaveLength(1);
  expect((await listArtifacts(artifacts)).map(({ sizeBytes }) => sizeBytes)).toEqual([5]);
  expect(await readdir(join(artifacts, '.uploads'))).toEqual([]);
  await call(env, 'ArtifactService/CreateArtifact', { ...ids, name: 'b' });
  await services.close();
  expect(await readdir(artifacts)).toEqual(['a']);
});

test('blocks come in any order, many at once, and only those of the list count', async () => {
  const { start } = await place();
  const { env } = await start();
  const key = { key: 'k', version: 'v' };
  const begin = async () => (await call(env, 'CacheService/CreateCacheEntry', key)).body;
  await begin();
  // Asked again, as by who did not hear the answer: it is the same one, as long as nothing came.
  const { signed_upload_url: url } = await begin();
  const id = (number: number) => encodeURIComponent(btoa(`block-${String(number).padStart(4, '0')}`));
  const numbers = Array.from({ length: 40 }, (_, number) => number);
  await Promise.all(
    numbers.toReversed().map((number) => put(url, `<${number}>`, `&comp=block&blockid=${id(number)}`)),
  );
  expect(await begin()).toMatchObject({ ok: false });
  const list = (some: number[]) =>
    `<?xml version="1.0"?><BlockList>${some.map((number) => `<Latest>${atob(decodeURIComponent(id(number))) && decodeURIComponent(id(number))}</Latest>`).join('')}</BlockList>`;
  expect(await put(url, list([0, 99]), '&comp=blocklist')).toBe(400);
  expect(await put(url, list(numbers.slice(0, 30)), '&comp=blocklist')).toBe(201);
  const expected = numbers
    .slice(0, 30)
    .map((number) => `<${number}>`)
    .join('');
  await call(env, 'CacheService/FinalizeCacheEntryUpload', { ...key, size_bytes: String(expected.length) });
  const found = (await call(env, 'CacheService/GetCacheEntryDownloadURL', key)).body;
  const get = async (range?: string) => {
    const response = await fetch(
      found.signed_download_url ?? '',
      range === undefined ? {} : { headers: { range } },
    );
    return `${response.status} ${await response.text()}`;
  };
  expect(await get()).toBe(`200 ${expected}`);
  expect(await get('bytes=3-5')).toBe(`206 ${expected.slice(3, 6)}`);
  expect(await get('bytes=-4')).toBe(`206 ${expected.slice(-4)}`);
  expect(await get('bytes=9999-')).toBe('416 ');
});

test('a cache is seen where its scope is read, and kept from run to run', async () => {
  const { start } = await place();
  const entry = { key: 'key', version: 'v' };
  const scopes = (...names: [string, ...string[]]) => start({ scopes: names });
  const save = async ({ env }: Services, text: string) => {
    const { signed_upload_url: url } = (await call(env, 'CacheService/CreateCacheEntry', entry)).body;
    await put(url, text, '', wholeBlob);
    await call(env, 'CacheService/FinalizeCacheEntryUpload', { ...entry, size_bytes: String(text.length) });
  };
  const restore = async ({ env }: Services) => {
    const { signed_download_url: url } = (await call(env, 'CacheService/GetCacheEntryDownloadURL', entry))
      .body;
    return url === undefined ? null : (await fetch(url)).text();
  };
  await save(await scopes('refs/heads/a', 'refs/heads/main'), 'of a');
  expect(await restore(await scopes('refs/heads/a'))).toBe('of a');
  expect(await restore(await scopes('refs/heads/b', 'refs/heads/main'))).toBeNull();
  await save(await scopes('refs/heads/main'), 'of main');
  expect(await restore(await scopes('refs/heads/b', 'refs/heads/main'))).toBe('of main');
  expect(await restore(await scopes('refs/heads/a', 'refs/heads/main'))).toBe('of a');
});

test('only who has the token, or an address, gets in', async () => {
  const { start } = await place();
  const [mine, other] = [await start(), await start()];
  const ids = idsIn(mine.env);
  expect(
    await call(mine.env, 'ArtifactService/ListArtifacts', ids, other.env.ACTIONS_RUNTIME_TOKEN),
  ).toMatchObject({ status: 401 });
  expect(await call(mine.env, 'ArtifactService/ListArtifacts', idsIn(other.env))).toMatchObject({
    status: 403,
  });
  const { signed_upload_url: url = '' } = (
    await call(mine.env, 'ArtifactService/CreateArtifact', { ...ids, name: 'a' })
  ).body;
  expect(await put(url.replace(/sig=.*/, 'sig=guessed'), 'x', '', wholeBlob)).toBe(403);
  expect(await put(url.replace('/blobs/', '/blobs/A'), 'x', '', wholeBlob)).toBe(403);
  expect((await fetch(url)).status).toBe(400);
  expect(await call(mine.env, 'ArtifactService/constructor', {})).toMatchObject({ status: 404 });
});

test('no name leads anywhere else', async () => {
  const { path, start } = await place();
  const { env } = await start();
  const ids = idsIn(env);
  for (const name of ['../x', '/etc/x', 'a/b', 'a\\b', '', 'x'.repeat(300), 'a\0b'])
    expect(await call(env, 'ArtifactService/CreateArtifact', { ...ids, name })).toMatchObject({
      status: 400,
    });
  for (const name of ['..', '.', '.uploads']) {
    const { signed_upload_url: url } = (await call(env, 'ArtifactService/CreateArtifact', { ...ids, name }))
      .body;
    expect(await put(url, 'x', '', wholeBlob)).toBe(201);
    expect(await call(env, 'ArtifactService/FinalizeArtifact', { ...ids, name, size: '1' })).toMatchObject({
      status: 200,
    });
  }
  expect((await readdir(path)).sort()).toEqual(['artifacts', 'cache', 'workspace']);
  expect(await listArtifacts(join(path, 'artifacts'))).toHaveLength(3);
});

test('more than the limit is refused, and leaves nothing', async () => {
  const { start, artifacts, cache } = await place();
  const { env } = await start({ maxBytes: 1000, maxCacheBytes: 1500 });
  const ids = idsIn(env);
  const { signed_upload_url: url } = (
    await call(env, 'ArtifactService/CreateArtifact', { ...ids, name: 'a' })
  ).body;
  expect(await put(url, Buffer.alloc(1001), '', wholeBlob)).toBe(413);
  expect(await put(url, Buffer.alloc(600), `&comp=block&blockid=${btoa('1')}`)).toBe(201);
  expect(await put(url, Buffer.alloc(600), `&comp=block&blockid=${btoa('2')}`)).toBe(413);
  expect(
    await call(env, 'ArtifactService/FinalizeArtifact', { ...ids, name: 'a', size: '1001' }),
  ).toMatchObject({ status: 400 });
  expect(await listArtifacts(artifacts)).toEqual([]);
  // What was used least lately goes.
  for (const key of ['first', 'second']) {
    const { signed_upload_url: to } = (
      await call(env, 'CacheService/CreateCacheEntry', { key, version: 'v' })
    ).body;
    await put(to, Buffer.alloc(900), '', wholeBlob);
    await call(env, 'CacheService/FinalizeCacheEntryUpload', { key, version: 'v', size_bytes: '900' });
  }
  const found = (key: string) => call(env, 'CacheService/GetCacheEntryDownloadURL', { key, version: 'v' });
  expect((await found('first')).body.ok).toBe(false);
  expect((await found('second')).body.ok).toBe(true);
  expect((await readdir(cache)).length).toBe(2);
});

test('kill -9 in the middle of uploads: nothing half is visible, and the next run cleans up', async () => {
  const { path, start, artifacts, cache } = await place();
  const program = `const { startServices } = await import(${JSON.stringify(join(import.meta.dirname, '../index.ts'))});
    const { env } = await startServices(${JSON.stringify({ artifacts, cache, scopes: ['refs/heads/main'] })});
    process.stdout.write(JSON.stringify(env) + '\\n');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: path,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const env = JSON.parse(line.toString()) as Record<string, string>;
  const { signed_upload_url: url } = (
    await call(env, 'ArtifactService/CreateArtifact', { ...idsIn(env), name: 'a' })
  ).body;
  const { signed_upload_url: other } = (
    await call(env, 'CacheService/CreateCacheEntry', { key: 'k', version: 'v' })
  ).body;
  expect(await put(url, 'whole, not finished', '', wholeBlob)).toBe(201);
  expect(await put(other, 'a block', `&comp=block&blockid=${btoa('1')}`)).toBe(201);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await listArtifacts(artifacts)).toEqual([]);
  const services = await start();
  expect(await readdir(join(artifacts, '.uploads'))).toEqual([]);
  expect(await readdir(join(cache, '.uploads'))).toEqual([]);
  expect(
    (await call(services.env, 'CacheService/CreateCacheEntry', { key: 'k', version: 'v' })).body.ok,
  ).toBe(true);
});

test('of another run, an artifact of the same name makes way when the new one is whole', async () => {
  const { start, artifacts } = await place();
  const keep = async (text: string) => {
    const { env } = await start();
    const ids = { ...idsIn(env), name: 'a' };
    const { signed_upload_url: url } = (await call(env, 'ArtifactService/CreateArtifact', ids)).body;
    await put(url, text, '', wholeBlob);
    expect(
      await call(env, 'ArtifactService/FinalizeArtifact', { ...ids, size: String(text.length) }),
    ).toMatchObject({ status: 200 });
  };
  await keep('first');
  await keep('second');
  const [kept, ...more] = await listArtifacts(artifacts);
  expect(more).toEqual([]);
  expect(await readFile(kept?.file ?? '', 'utf8')).toBe('second');
});
