import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { ProjectDetail } from '../../contract/projects.ts';

let test: TestApi;
let member: Client;

beforeAll(async () => {
  test = await createTestApi();
  for (const slug of ['web', 'sea']) await test.machine.call(api.createTeam, { body: { slug } });
  member = await test.as('member', { teams: ['web'] });
});
afterAll(() => test.close());

const create = (name: string, more: { slug?: string; platform?: string; team?: string } = {}, as = member) =>
  as.call(api.createProject, { body: { name, team: 'web', ...more } });
const show = (project: string, as = member) => as.call(api.showProject, { params: { project } });
const refused = (call: Promise<unknown>, code: string, detail = '') =>
  expect(call).rejects.toMatchObject({ problem: { code, detail: expect.stringContaining(detail) } });

describe('a project', () => {
  it('is created with an id, a slug made from its name, a first key and its DSNs', async () => {
    const project = await create('Café au lait — Größe 2', { platform: 'node' });
    expect(project).toMatchObject({
      id: expect.stringMatching(/^[1-9]\d*$/),
      slug: 'cafe-au-lait-gro-e-2',
      name: 'Café au lait — Größe 2',
      team: 'web',
      platform: 'node',
      may_change: true,
      keys: [{ state: 'active', label: '', retiring_at: null, revoked_at: null }],
    });
    const [key] = project.keys;
    expect(key?.public_key).toMatch(/^[0-9a-f]{32}$/);
    expect(project.dsn).toBe(`http://${key?.public_key}@127.0.0.1:0/${project.id}`);
    const { username, password, pathname } = new URL(project.secret_dsn ?? '');
    expect([username, pathname]).toEqual([key?.public_key, `/${project.id}`]);
    expect(password).toMatch(/^[0-9a-f]{32}$/);
    expect(password).not.toBe(username);
    expect([key?.dsn, key?.secret_dsn]).toEqual([project.dsn, project.secret_dsn]);
  });

  it('is found by its slug, or else by its id', async () => {
    const first = await create('By id');
    expect(await show(first.id)).toEqual(await show('by-id'));
    const shadow = await create('Shadow', { slug: first.id });
    expect((await show(first.id)).id).toBe(shadow.id);
    for (const unknown of ['nothing', '999999', '0', '0001', '9223372036854775808', '99999999999999999999'])
      await refused(show(unknown), 'not_found', 'slipway projects lists them');
  });

  it.each([
    ['a\nb', 'node', 'body.name: must be a single line'],
    ['a\u001b[31mb', 'node', 'body.name: must be a single line'],
    ['a\u202eb', 'node', 'body.name: has a mark in it that reorders'],
    ['https://errors', 'node', 'body.name: is an address'],
    [' ', 'node', 'body.name: is empty'],
    ['x'.repeat(201), 'node', 'body.name: is too long'],
    ['fine', 'C#', 'body.platform: up to 64 letters'],
  ])('is refused what no fixture file could say of it: %j, %j', async (name, platform, detail) => {
    await refused(create(name, { platform }), 'invalid_input', detail);
  });

  it('has a name and a slug of its own: a conflict says whose it is', async () => {
    await create('Taken');
    await refused(
      create('Taken', { slug: 'other' }),
      'conflict',
      'project with the name "Taken" already, in team web',
    );
    await refused(create('taken'), 'conflict', 'project with the slug taken already, in team web');
    await refused(create('—', {}), 'invalid_input', 'no slug can be made from "—"');
    await refused(create(' ', {}), 'invalid_input');
    await refused(
      create('Nowhere', { team: 'nowhere' }, test.machine),
      'not_found',
      'there is no team nowhere',
    );
  });

  it('keeps its id and keys when it is renamed and moved', async () => {
    const before = await create('Storefront');
    const params = { project: 'storefront' };
    const body = { name: 'Shop', slug: 'shop', platform: 'php', team: 'sea' };
    const after = await test.machine.call(api.updateProject, { params, body });
    expect(after).toMatchObject({ ...body, id: before.id, dsn: before.dsn, secret_dsn: before.secret_dsn });
    await refused(show('storefront'), 'not_found');
    expect(await show('shop', test.machine)).toEqual(after);
    const cleared = await test.machine.call(api.updateProject, {
      params: { project: 'shop' },
      body: { platform: null },
    });
    expect(cleared.platform).toBeNull();
  });

  it('is changed by saying what, to what no other has', async () => {
    await create('One');
    await create('Two');
    const update = (body: object) => member.call(api.updateProject, { params: { project: 'two' }, body });
    await refused(update({}), 'invalid_input', 'say what to change');
    await refused(update({ naem: 'x' }), 'invalid_input');
    await refused(update({ name: 'One' }), 'conflict', 'the name "One"');
    await refused(update({ slug: 'one' }), 'conflict', 'the slug one');
    await refused(update({ team: 'nowhere' }), 'not_found');
    expect((await update({ name: 'Two', slug: 'two', team: 'web' })).name).toBe('Two');
  });

  it('is deleted with its keys, when its slug is repeated', async () => {
    const project = await create('Short-lived');
    const remove = (confirm?: string) =>
      test.machine.call(api.deleteProject, {
        params: { project: project.id },
        query: confirm === undefined ? {} : { confirm },
      });
    await refused(remove(), 'invalid_input', 'deleting project short-lived takes its slug');
    await refused(remove(project.id), 'invalid_input');
    await remove('short-lived');
    await refused(show('short-lived'), 'not_found');
    const left = await test.db.many(
      sql`select 1 from project_keys where public_key = ${project.keys[0]?.public_key}`,
    );
    expect(left).toEqual([]);
    expect(Number((await create('Short-lived')).id)).toBeGreaterThan(Number(project.id));
  });
});

describe('ids', () => {
  it('are drawn once each, by twenty who create at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `Rush ${index}`);
    const made = await Promise.all(names.map((name) => create(name)));
    expect(new Set(made.map((project) => project.id)).size).toBe(20);
    expect(new Set(made.map((project) => project.dsn)).size).toBe(20);
  });

  it('go to one of twenty who want the same name; the others are told', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => create('Wanted')));
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(19);
    for (const { reason } of lost) expect(reason).toMatchObject({ problem: { code: 'conflict' } });
  });

  it('pass over those that a fixture gave away, are exact beyond 2^53, and end at 2^63', async () => {
    const own = await scoped(createTestApi());
    await own.machine.call(api.createTeam, { body: { slug: 'web' } });
    const made = await create('First', {}, own.machine);
    const given = (id: string) =>
      own.db.run(sql`update projects set public_id = ${id}::bigint where slug = 'first'`);
    const draw = (name: string) => create(name, {}, own.machine);
    await given(String(Number(made.id) + 2));
    const drawn = [await draw('Second'), await draw('Third')].map((project) => Number(project.id));
    expect(drawn).toEqual([Number(made.id) + 1, Number(made.id) + 3]);

    await own.db.run(sql`select setval('project_public_ids', 9223372036854775805)`);
    expect((await draw('Big')).id).toBe('9223372036854775806');
    await given('9223372036854775807');
    const first = await show('9223372036854775807', own.machine);
    expect(first).toMatchObject({ slug: 'first', dsn: expect.stringMatching(/\/9223372036854775807$/) });
    await refused(draw('Too many'), 'conflict', 'there is no project id left');
    await refused(draw('Too many'), 'conflict', 'there is no project id left');
  });
});

describe('the list of projects', () => {
  it('goes by slug, a page at a time, by team and by a part of the name', async () => {
    const own = await scoped(createTestApi());
    for (const slug of ['a', 'b']) await own.machine.call(api.createTeam, { body: { slug } });
    const made: ProjectDetail[] = [];
    for (const [name, team] of [
      ['delta', 'a'],
      ['Alpha 100%', 'b'],
      ['charlie', 'a'],
      ['BRAVO', 'a'],
    ] as const)
      made.push(await create(name, { team }, own.machine));
    const list = async (query = {}) => (await own.machine.call(api.listProjects, { query })).items;
    const slugs = async (query = {}) => (await list(query)).map((project) => project.slug);
    expect(await slugs()).toEqual(['alpha-100', 'bravo', 'charlie', 'delta']);
    expect(await slugs({ team: 'a' })).toEqual(['bravo', 'charlie', 'delta']);
    expect(await slugs({ query: 'RaV' })).toEqual(['bravo']);
    expect(await slugs({ query: '%' })).toEqual(['alpha-100']);
    expect(await slugs({ query: '_' })).toEqual([]);
    expect(await slugs({ query: made[0]?.id, team: 'a' })).toContain('delta');
    await refused(list({ team: 'nowhere' }), 'not_found');
    await refused(list({ cursor: 'Not One' }), 'invalid_input', 'next_cursor');

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 3, ...(cursor === undefined ? {} : { cursor }) };
      const page = await own.machine.call(api.listProjects, { query });
      seen.push(...page.items.map((project) => project.slug));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['alpha-100', 'bravo', 'charlie', 'delta']);
    expect((await list())[0]).not.toHaveProperty('secret_dsn');
  });
});

describe('what is done to projects', () => {
  it('is told to admins and to who listens, without a secret', async () => {
    const own = await scoped(createTestApi());
    for (const slug of ['web', 'sea']) await own.machine.call(api.createTeam, { body: { slug } });
    const made = await create('Told', {}, own.machine);
    const params = { project: 'told' };
    const key = await own.machine.call(api.rotateProjectKey, { params });
    await own.machine.call(api.createProjectKey, { params, body: { label: 'mobile' } });
    const first = { ...params, key: made.keys[0]?.public_key ?? '' };
    for (const state of ['active', 'retiring', 'retiring', 'revoked'] as const)
      await own.machine.call(api.updateProjectKey, { params: first, body: { state } });
    await own.machine.call(api.updateProject, { params, body: { slug: 'heard' } });
    await own.machine.call(api.updateProject, { params: { project: 'heard' }, body: { team: 'sea' } });
    await own.machine.call(api.deleteProject, {
      params: { project: 'heard' },
      query: { confirm: 'heard' },
    });
    const { items } = await own.machine.call(api.listAudit, { query: { action: 'project.' } });
    expect(items.map(({ action, subject }) => `${action} ${subject}`).reverse()).toEqual([
      'project.create told',
      'project.rotate_key told',
      'project.create_key told',
      'project.activate_key told',
      'project.retire_key told',
      'project.revoke_key told',
      'project.update heard',
      'project.move heard',
      'project.delete heard',
    ]);
    const events = await own.db.many<{ kind: string; data: object }>(
      sql`select kind, data from events where kind like 'project.%' order by id`,
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      'project.created',
      'project.key_rotated',
      'project.key_created',
      'project.key_activated',
      'project.key_retired',
      'project.key_revoked',
      'project.updated',
      'project.moved',
      'project.deleted',
    ]);
    expect(events[6]?.data).toEqual({ id: made.id, from: { slug: 'told' }, to: { slug: 'heard' } });
    const told = JSON.stringify([items, events]);
    for (const dsn of [made.secret_dsn, key.secret_dsn])
      expect(told).not.toContain(new URL(dsn ?? '').password);
  });
});
