import { gzipSync } from 'node:zlib';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitServerTest, type GitServerTest } from '../../../test/harness/gitServer.ts';
import { api } from '../../contract/index.ts';
import { systemActor } from '../../platform/actor.ts';
import { eventsAfter, newestEventId } from '../../platform/events/events.ts';
import { findRepository } from '../repositories/index.ts';
import { recordPush } from './recordPush.ts';

let server: GitServerTest;
beforeAll(async () => {
  server = await createGitServerTest();
});
afterAll(() => server[Symbol.asyncDispose]());

const branch = (repository: string, name: string) =>
  server.test.machine
    .call(api.listRefs, { params: { repository }, query: {} })
    .then(({ items }) => items.find((ref) => ref.name === name)?.sha);

describe('a push', () => {
  it('makes the repository, and all of its history is there at once', async () => {
    await server.host('tools');
    const copy = await server.workingCopy('tools');
    const sha = await copy.commit();
    const before = await newestEventId(server.test.db);
    const { ok, stderr } = await copy.git('push', 'origin', 'main');
    expect(ok, stderr).toBe(true);
    expect(stderr).toMatch(new RegExp(`^remote: Slipway: http://\\S+/runs\\?sha=${sha} *$`, 'm'));

    const repository = await server.test.machine.call(api.showRepository, {
      params: { repository: 'tools' },
    });
    expect(repository).toMatchObject({ url: null, default_branch: 'main', state: 'ok', failing: null });
    expect(repository.clone_url).toMatch(/\/git\/tools\.git$/);
    const { items } = await server.test.machine.call(api.listCommits, {
      params: { repository: 'tools' },
      query: {},
    });
    expect(items.map((commit) => commit.sha)).toContain(sha);

    const who = 'member.read.deploy.admin.web';
    const changed = { changed: 1, changed_refs: [{ name: 'refs/heads/main', before: null, after: sha }] };
    const events = await eventsAfter(server.test.db, before);
    expect(events.find(({ kind }) => kind === 'repository.pushed')).toMatchObject({
      subject: 'tools',
      actor: who,
      data: changed,
    });
    const { items: entries } = await server.test.machine.call(api.listAudit, {
      query: { action: 'repository.push' },
    });
    expect(entries).toMatchObject([{ actor: who, subject: 'tools', details: changed }]);
  });

  it('records each branch and tag that it moved, and forgets what it deleted', async () => {
    await server.host('moves');
    const copy = await server.workingCopy('moves');
    const first = await copy.commit();
    await copy.must('branch', 'other');
    await copy.must('tag', '-a', '-m', 'One', 'v1');
    await copy.must('push', '--quiet', 'origin', 'main', 'other', 'v1');
    expect(await triggersOf('moves')).toEqual([
      ['refs/heads/main', null, first],
      ['refs/heads/other', null, first],
      ['refs/tags/v1', null, first],
    ]);

    await copy.must('commit', '--quiet', '--amend', '--message', 'Another');
    const second = await copy.must('rev-parse', 'HEAD');
    expect((await copy.git('push', 'origin', 'main')).stderr).toContain('[rejected]');
    await copy.must('push', '--quiet', '--force', 'origin', 'main');
    expect(await branch('moves', 'main')).toBe(second);
    const gone = await copy.git('push', 'origin', ':other');
    expect(gone.ok, gone.stderr).toBe(true);
    expect(gone.stderr).not.toContain('Slipway');
    expect(await branch('moves', 'other')).toBeUndefined();
    expect((await triggersOf('moves')).slice(3)).toEqual([['refs/heads/main', first, second]]);

    // What was force-pushed away is still had by its sha: a checkout of an older run asks for it.
    await server.client.must('.', 'init', '--quiet', 'by-sha');
    await server.client.must('by-sha', 'fetch', '--quiet', '--depth=1', await server.url('moves'), first);
    expect(await server.client.must('by-sha', 'rev-parse', 'FETCH_HEAD')).toBe(first);
  });

  it('that moves nothing says nothing', async () => {
    await server.host('idle');
    const copy = await server.workingCopy('idle');
    await copy.must('push', '--quiet', 'origin', 'main');
    const before = await newestEventId(server.test.db);
    expect((await copy.git('push', 'origin', 'main')).stderr).not.toContain('Slipway');
    expect(await eventsAfter(server.test.db, before)).toEqual([]);
  });

  it('of another first branch makes that the default one', async () => {
    await server.host('trunk');
    const copy = await server.workingCopy('trunk');
    await copy.must('push', '--quiet', 'origin', 'main:trunk');
    await server.client.must('.', 'clone', '--quiet', await server.url('trunk'), 'trunk-clone');
    expect(await server.client.must('trunk-clone', 'branch', '--show-current')).toBe('trunk');
    const params = { repository: 'trunk' };
    expect(await server.test.machine.call(api.showRepository, { params })).toMatchObject({
      default_branch: 'trunk',
    });
  });

  it('at the same moment as others records each of them once', async () => {
    await server.host('crowd');
    const copy = await server.workingCopy('crowd');
    const names = Array.from({ length: 8 }, (_, index) => `branch-${index}`);
    const answers = await Promise.all(names.map((name) => copy.git('push', 'origin', `main:${name}`)));
    expect(answers.filter(({ ok }) => !ok)).toEqual([]);
    const pushed = (await triggersOf('crowd')).map(([ref]) => ref);
    expect(pushed.sort()).toEqual(names.map((name) => `refs/heads/${name}`));
  });

  it('of 5,000 branches is one push, with a trigger for each', async () => {
    await server.host('many');
    const copy = await server.workingCopy('many');
    const refspecs = Array.from({ length: 5000 }, (_, index) => `main:refs/heads/b/${index}`);
    const { ok, stderr } = await copy.git('push', '--quiet', 'origin', ...refspecs);
    expect(ok, stderr).toBe(true);
    expect(await triggersOf('many')).toHaveLength(5000);
  });
});

describe('reading', () => {
  beforeAll(async () => {
    await server.host('read');
    const copy = await server.workingCopy('read');
    await copy.commit('a'.repeat(5000), 'large.txt');
    for (let index = 0; index < 5; index += 1) await copy.commit();
    await copy.must('push', '--quiet', 'origin', 'main');
    // As Slipway keeps commits of deploys.
    const sha = await copy.must('rev-parse', 'HEAD~1');
    await server.test.core.history.keep(await findRepository(server.test.db, 'read'), sha);
  });

  it.each(['0', '2'])(
    'works by protocol version %s, and shows none of the refs that are Slipway’s',
    async (version) => {
      const protocol = ['-c', `protocol.version=${version}`];
      const refs = await server.client.must('.', ...protocol, 'ls-remote', await server.url('read'));
      expect(refs).toContain('refs/heads/main');
      expect(refs).not.toContain('refs/slipway');
      await server.client.must(
        '.',
        ...protocol,
        'clone',
        '--quiet',
        await server.url('read'),
        `clone-${version}`,
      );
      expect(await server.client.must(`clone-${version}`, 'rev-list', '--count', 'HEAD')).toBe('7');
    },
  );

  it('by the place that workflows know, with and without .git', async () => {
    const url = (await server.url('read')).replace('/git/read.git', '/slipway/read');
    for (const address of [url, `${url}.git`, (await server.url('read')).replace('.git', '')])
      expect(await server.client.must('.', 'ls-remote', address)).toContain('refs/heads/main');
  });

  it('shallow and partial clones are small', async () => {
    const url = await server.url('read');
    await server.client.must('.', 'clone', '--quiet', '--depth=1', url, 'shallow');
    expect(await server.client.must('shallow', 'rev-list', '--count', 'HEAD')).toBe('1');
    await server.client.must('.', 'clone', '--quiet', '--bare', '--filter=blob:none', url, 'partial');
    const objects = await server.client.must('partial', 'rev-list', '--objects', '--all', '--missing=print');
    expect(objects.split('\n').filter((line) => line.startsWith('?')).length).toBeGreaterThan(0);
  });

  it('a request that is compressed is understood', async () => {
    const sha = await server.client.must('clone-2', 'rev-parse', 'HEAD');
    const lines = ['command=fetch', null, 'no-progress', `want ${sha}`, 'done'];
    const packets = lines.map((line) => (line === null ? '0001' : packet(line))).join('');
    const response = await fetch(`${server.test.address}/git/read.git/git-upload-pack`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await server.test.tokenOf('viewer')}`,
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
        'git-protocol': 'version=2',
      },
      body: gzipSync(`${packets}0000`),
    });
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).includes('PACK')).toBe(true);
  });
});

const packet = (line: string): string => `${(line.length + 5).toString(16).padStart(4, '0')}${line}\n`;

async function triggersOf(repository: string): Promise<(string | null)[][]> {
  const rows = await server.test.db.many<{ ref: string; before: string | null; sha: string }>(sql`
    select t.ref, t.before, t.sha from triggers t join repositories r on r.id = t.repository_id
    where r.name = ${repository} order by t.id`);
  return rows.map(({ ref, before, sha }) => [ref, before, sha]);
}

it('is not called safe when its repository was deleted before it was recorded', async () => {
  await server.test.machine.call(api.applyConfiguration, { body: { text: 'repositories: { brief: }' } });
  const { id } = await findRepository(server.test.db, 'brief');
  const query = { confirm: 'brief' };
  await server.test.machine.call(api.deleteRepository, { params: { repository: 'brief' }, query });
  await expect(recordPush(server.test.core, id, systemActor)).rejects.toMatchObject({
    code: 'not_found',
    message: 'this repository was deleted meanwhile; nothing of the push is kept',
  });
});
