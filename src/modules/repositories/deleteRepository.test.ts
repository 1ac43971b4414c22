import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { api } from '../../contract/index.ts';
import type { Db } from '../../platform/db/database.ts';
import { eventsAfter, newestEventId } from '../../platform/events/events.ts';
import { createHosted } from '../../platform/git/index.ts';
import { fetchNext, sweepDeleted } from './index.ts';

let on: TestApi;
beforeAll(async () => {
  on = await createTestApi();
});
afterAll(() => on.close());

const never = new AbortController().signal;
const remove = (repository: string, confirm = repository) =>
  on.machine.call(api.deleteRepository, { params: { repository }, query: { confirm } });
const apply = (text: string) =>
  on.machine.call(api.applyConfiguration, { body: { text, file: 'slipway.yml' } });
const refused = (call: Promise<unknown>, code: string, detail: string) =>
  expect(call).rejects.toMatchObject({ problem: { code, detail: expect.stringContaining(detail) } });

/** Declares a hosted repository with a run of one job; answers their ids. */
async function declare(name: string): Promise<{ repository: number; run: number; job: number }> {
  await apply(`repositories: { ${name}: }`);
  return on.db.one<{ repository: number; run: number; job: number }>(sql`
    with repository as (select id from repositories where name = ${name}),
    trigger as (
      insert into triggers (repository_id, event, ref, sha, actor, source, trusted, created_at)
      select id, 'push', 'refs/heads/main', 'a', 'ada', 'push', true, now() from repository returning id),
    run as (
      insert into workflow_runs (trigger_id, repository_id, file, number, name, title, event, ref, sha, actor, trusted, state, created_at)
      select trigger.id, repository.id, 'test.yml', 1, 'test', '', 'push', 'refs/heads/main', 'a', 'ada', true, 'running', now()
      from trigger, repository returning id, repository_id)
    insert into workflow_jobs (run_id, attempt, key, name, state, created_at)
    select id, 1, 'test', 'test', 'queued', now() from run
    returning id as job, run_id as run, (select id from repository) as repository`);
}

/** Puts something wherever a repository may have something; answers the places. */
async function fill({ repository, run, job }: Awaited<ReturnType<typeof declare>>): Promise<string[]> {
  const { paths } = on.core;
  const mirror = paths.mirror(repository);
  await createHosted(mirror);
  const directories = [`${mirror}.incoming`, paths.artifacts(run), paths.caches(repository)];
  for (const directory of directories) await mkdir(join(directory, 'some'), { recursive: true });
  const logs = [paths.jobLog(job), `${paths.jobLog(job)}.index`];
  await mkdir(dirname(paths.jobLog(job)), { recursive: true });
  for (const log of logs) await writeFile(log, '');
  return [mirror, ...directories, ...logs];
}

describe('a repository that is deleted', () => {
  it('takes all that lies on the disk of it along, also what came late, and nothing of others', async () => {
    const [gone, other] = [await declare('gone'), await declare('other')];
    // Whose id begins with the same digits.
    const near = on.core.paths.mirror(gone.repository * 10);
    const [places, others] = [await fill(gone), [...(await fill(other)), near]];
    await mkdir(near, { recursive: true });
    await remove('gone');
    expect(places.filter(existsSync)).toEqual(places);
    await sweepDeleted(on.core, never);
    expect(places.filter(existsSync)).toEqual([]);
    await fill(gone);
    on.advance(25 * 3_600_000);
    await sweepDeleted(on.core, never);
    expect(places.filter(existsSync)).toEqual([]);
    expect(others.filter(existsSync)).toEqual(others);
    expect(await on.db.many(sql`select id from deleted_repositories`)).toEqual([]);
    expect((await declare('gone')).repository).toBeGreaterThan(other.repository);
  });

  it('is told in the audit log and in the event stream, and its runs are gone', async () => {
    const { run, repository } = await declare('told');
    const before = await newestEventId(on.db);
    await remove('told');
    const details = { id: repository, url: null };
    const { items } = await on.machine.call(api.listAudit, { query: { action: 'repository.delete' } });
    expect(items[0]).toMatchObject({ subject: 'told', details });
    expect((await eventsAfter(on.db, before)).at(-1)).toMatchObject({
      kind: 'repository.deleted',
      subject: 'told',
      data: details,
    });
    await refused(on.machine.call(api.showRun, { params: { run } }), 'not_found', `run ${run} is gone`);
    await refused(remove('told'), 'not_found', 'no repository is named "told"');
  });

  it('must be named again, and not be what an app is built from', async () => {
    const app = (name: string) =>
      `${name}: { repository: kept, team: web, steps: [{ name: a, run: "true" }], environments: { staging: } }`;
    await apply(`repositories: { kept: }\napps:\n  ${app('one')}\n  ${app('two')}`);
    await refused(remove('kept', 'other'), 'invalid_input', 'takes its name: "kept"');
    await on.db.run(sql`
      insert into deploys (environment_id, number, kind, state, ref, sha, title, author, config, requested_by,
        requested_by_kind, requested_at, finished_at)
      select e.id, 1, 'deploy', 'cancelled', 'main', 'a', '', '', '{}', 'ada', 'user', now(), now()
      from environments e join apps a on a.id = e.app_id where a.name = 'one'`);
    await refused(
      remove('kept'),
      'conflict',
      'apps one, two are built from it; give two another repository in slipway.yml and apply it; one cannot do without it',
    );
    expect(await on.machine.call(api.showRepository, { params: { repository: 'kept' } })).toBeDefined();
  });

  it('ends a fetch of it that is under way: nobody hears that a repository fails which is gone', async () => {
    await apply('repositories: { fetched: { url: /nowhere/fetched.git } }');
    const before = await newestEventId(on.db);
    let asked: Promise<unknown> | undefined;
    const db: Db = {
      ...on.db,
      transaction: async (work, options) => {
        asked ??= remove('fetched');
        await asked;
        return on.db.transaction(work, options);
      },
    };
    expect(await fetchNext({ ...on.core, db }, never)).toBe(true);
    const kinds = (await eventsAfter(on.db, before)).map(({ kind }) => kind);
    expect(kinds).toEqual(['repository.deleted']);
  });
});
