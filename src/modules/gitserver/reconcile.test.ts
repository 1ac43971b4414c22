import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRepository } from '../../../test/harness/git.ts';
import { createGitServerTest, type GitServerTest } from '../../../test/harness/gitServer.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { api } from '../../contract/index.ts';
import { eventsAfter, newestEventId } from '../../platform/events/events.ts';
import { fetchNext, findRepository } from '../repositories/index.ts';
import { reconcileNext } from './index.ts';

let server: GitServerTest;
beforeAll(async () => {
  server = await createGitServerTest();
});
afterAll(() => server[Symbol.asyncDispose]());

const show = (name: string) => server.test.machine.call(api.showRepository, { params: { repository: name } });
const { signal } = new AbortController();

/** What the dispatcher does when it is woken. */
async function reconcileAll(): Promise<void> {
  while (await reconcileNext(server.test.core, signal));
}

const lookAgain = (name: string) =>
  server.test.machine.call(api.fetchRepository, { params: { repository: name } });

async function triggersOf(name: string) {
  const { id } = await findRepository(server.test.db, name);
  return server.test.db.many(sql`
    select ref, sha, before, actor, source from triggers where repository_id = ${id} order by id`);
}

it('makes a repository that was declared, and is done with it', async () => {
  await server.host('fresh');
  expect(await show('fresh')).toMatchObject({ state: 'never_fetched' });
  await reconcileAll();
  expect(await show('fresh')).toMatchObject({ state: 'ok', default_branch: null, failing: null });
  const refs = await server.test.machine.call(api.listRefs, { params: { repository: 'fresh' }, query: {} });
  expect(refs.items).toEqual([]);
  expect(await fetchNext(server.test.core, signal)).toBe(false);
});

it('finds what git took and nobody recorded, because all was killed in between', async () => {
  await server.host('killed');
  const copy = await server.workingCopy('killed');
  await copy.must('push', '--quiet', 'origin', 'main');
  const first = await copy.must('rev-parse', 'HEAD');
  const second = await copy.commit();
  const { id } = await findRepository(server.test.db, 'killed');
  await copy.must('push', '--quiet', server.test.core.paths.mirror(id), 'main', 'main:next');
  expect(await triggersOf('killed')).toHaveLength(1);
  const before = await newestEventId(server.test.db);
  await lookAgain('killed');
  await reconcileAll();
  const found = { actor: 'slipway', source: 'push' };
  expect((await triggersOf('killed')).slice(1)).toEqual([
    { ...found, ref: 'refs/heads/main', before: first, sha: second },
    { ...found, ref: 'refs/heads/next', before: null, sha: second },
  ]);
  const kinds = (await eventsAfter(server.test.db, before)).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['repository.pushed', 'repository.fetched']));

  await lookAgain('killed');
  await reconcileAll();
  expect(await triggersOf('killed')).toHaveLength(3);
});

it('records a push whose client has left before it was told', async () => {
  await server.host('impatient');
  const copy = await server.workingCopy('impatient');
  const { id } = await findRepository(server.test.db, 'impatient');
  const sha = await copy.must('rev-parse', 'HEAD');
  const held = Promise.withResolvers<void>();
  const holding = Promise.withResolvers<void>();
  const transaction = server.test.db.transaction(async (tx) => {
    await tx.run(sql`select 1 from repositories where id = ${id} for update`);
    holding.resolve();
    await held.promise;
  });
  await holding.promise;
  const timedOut = copy.git(
    '-c',
    'http.lowSpeedLimit=1',
    '-c',
    'http.lowSpeedTime=1',
    'push',
    'origin',
    'main',
  );
  expect((await timedOut).ok).toBe(false);
  held.resolve();
  await transaction;
  await expect
    .poll(() => triggersOf('impatient'))
    .toMatchObject([{ ref: 'refs/heads/main', sha, source: 'push' }]);
});

it('packs the refs of a large push, and removes the lock that a git left which was killed', async () => {
  await server.host('messy');
  const copy = await server.workingCopy('messy');
  const refspecs = Array.from({ length: 150 }, (_, index) => `main:refs/heads/b/${index}`);
  await copy.must('push', '--quiet', 'origin', ...refspecs);
  const directory = server.test.core.paths.mirror((await findRepository(server.test.db, 'messy')).id);
  const lock = join(directory, 'refs', 'heads', 'main.lock');
  await writeFile(lock, '');
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(lock, longAgo, longAgo);
  expect((await copy.git('push', 'origin', 'main')).ok).toBe(false);

  await reconcileAll();
  expect((await readFile(join(directory, 'packed-refs'), 'utf8')).match(/refs\/heads\/b\//g)).toHaveLength(
    150,
  );
  expect(await readdir(join(directory, 'refs', 'heads'))).not.toContain('main.lock');
  await copy.must('push', '--quiet', 'origin', 'main');
});

it('a mirror whose url is taken away is pushed to from then on, and what it had is no news', async () => {
  const source = await scoped(createRepository());
  const first = await source.commit();
  const apply = (text: string) =>
    server.test.machine.call(api.applyConfiguration, { body: { text, file: 'slipway.yml' } });
  await apply(`repositories: { moved: { url: ${source.directory} } }`);
  await fetchNext(server.test.core, signal);
  await server.host('moved');
  await reconcileAll();
  expect(await triggersOf('moved')).toEqual([]);
  const before = await newestEventId(server.test.db);
  await server.client.must('.', 'clone', '--quiet', await server.url('moved'), 'moved-clone');
  await server.client.must('moved-clone', 'commit', '--quiet', '--allow-empty', '-m', 'Here now');
  await server.client.must('moved-clone', 'push', '--quiet');
  expect(await triggersOf('moved')).toMatchObject([{ ref: 'refs/heads/main', before: first }]);
  expect((await eventsAfter(server.test.db, before)).map(({ kind }) => kind)).toContain('repository.pushed');
});
