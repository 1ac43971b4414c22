import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createEmptyTestDatabase } from '../../../test/harness/database.ts';
import { census, load, memoryDump, query, readDump } from '../../../test/harness/dumps.ts';
import { scoped } from '../../../test/harness/scoped.ts';

/** Roles belong to the whole server: each run has its own. */
const prefix = `harbor_${randomBytes(4).toString('hex')}`;
const roles = ['owner', 'app', 'reader'].map((name) => `${prefix}_${name}`);
const { adminUrl } = inject('database');

beforeAll(() => query(adminUrl, roles.map((role) => `create role ${role};`).join('')));
afterAll(() => query(adminUrl, roles.map((role) => `drop role ${role};`).join('')));

const readHarborDump = async (name: string) =>
  (await readDump(name)).replaceAll('harbor_', `${prefix}_`).replaceAll(/\bpostgres\b/g, 'current_user');

/** What pg_dump 15 saw in the database of `pg15….sql`. */
const harbor = {
  tables: 10,
  views: 2,
  sequences: 3,
  indexes: 14,
  columns: 41,
  constraints: 11,
  functions: 15,
  triggers: 1,
  event_triggers: 1,
  policies: 2,
  rules: 4,
  types: 16,
  collations: 1,
  comments: 2,
  large_objects: 2,
  publications: 1,
  statistics: 1,
};

const contents = `
  set timezone = 'UTC';
  select (select md5(string_agg(s::text, '|' order by id)) from public.ships s) as ships,
    (select md5(string_agg(l::text, '|' order by at)) from tides.levels l) as levels,
    (select md5(string_agg(s::text, '|' order by a nulls last, b)) from public.scratch s) as scratch,
    md5(lo_get(16500)) || md5(lo_get(16501)) as large_objects,
    (select last_value::int from public.loose_seq) as sequence`;

const harborContents = {
  ships: '548a95a7d2bf2f568eb0f0bfc5ff01ed',
  levels: '8bd35dcf127422802e1f86aedf3edd88',
  scratch: '9bb7b0d3323afeed1bbdc258cc06803b',
  large_objects: '82f0b847ad0c1405865ebe38571610910d9648317c1a94d3c15b84712af6d911',
  sequence: 31,
};

test.each([
  ['pg15.sql', 64 * 1024],
  ['pg15.sql', 7],
  ['pg15-inserts.sql', 64 * 1024],
  ['pg15-clean.sql', 1000],
])('%s in chunks of %i bytes: everything is there, and nothing else', async (name, chunkBytes) => {
  const { url } = await scoped(createEmptyTestDatabase());
  const result = await load(url, memoryDump(await readHarborDump(name), chunkBytes));
  expect(result).toMatchObject({ created: false, loaded: 'loaded', upgrade: null });
  expect(await census(url)).toEqual(harbor);
  expect(await query(url, contents)).toEqual([harborContents]);
});

test('after session authorizations, settings and roles of the dump the session is its own again', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  await query(url, `grant create on schema public to ${roles[0]}`);
  const dump = `set default_with_oids = false; set search_path = 'pg_catalog';
    set session authorization '${roles[0]}'; create table public.t (a int); reset session authorization;
    set session authorization '${roles[0]}'; set statement_timeout = '1h';`;
  expect(await load(url, dump)).toMatchObject({ loaded: 'loaded', statements: 7 });
  const owner = "select relowner::regrole::text as owner from pg_class where oid = 'public.t'::regclass";
  expect(await query(url, owner)).toEqual([{ owner: roles[0] }]);
});

test('owners and grants that do not exist are named, all of them', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  const dump = (await readDump('pg15.sql'))
    .replaceAll('harbor_', 'nobody_')
    .replaceAll(/\bpostgres\b/g, 'nobody');
  await expect(load(url, dump)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringMatching(
      /names the roles "nobody" \(line \d+ and \d+ more\), "nobody_owner" .*--no-owner/,
    ),
    details: { missing_roles: ['nobody', 'nobody_owner', 'nobody_reader', 'nobody_app'] },
  });
  expect(await census(url)).toMatchObject({ tables: 0, functions: 0, types: 0 });
});

test('--no-owner leaves out owners and such grants, and counts them', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  const withoutPolicyRole = (await readDump('pg15.sql'))
    .replaceAll('TO harbor_app USING', 'TO PUBLIC USING')
    .replaceAll('harbor_', 'nobody_')
    .replaceAll(/\bpostgres\b/g, 'nobody');
  const { notes } = await load(url, withoutPolicyRole, { noOwner: true });
  expect(notes).toContainEqual(expect.stringMatching(/^\d+ owners left out \(--no-owner\)$/));
  expect(notes).toContainEqual(expect.stringMatching(/^\d+ grants left out .*nobody_reader/));
  expect(await census(url)).toEqual(harbor);
});

test('one schema alone', async () => {
  const { url } = await scoped(createEmptyTestDatabase());
  expect(await load(url, await readDump('pg15-one-schema.sql'))).toMatchObject({ rows: 60 });
  expect(await census(url)).toMatchObject({ tables: 4, functions: 0 });
});

test.each([
  [
    'pg12.sql',
    "select string_agg(name, '|' order by id) || convert_from(lo_get(24601), 'UTF8') as told from berths",
    'north\tof "it;"|\\.Harbör',
  ],
  [
    'pg17.sql',
    "select tide_of(1) || (select string_agg(label, '|' order by id) from stations) as told",
    '1Süd|Ost\nWest',
  ],
  ['pg18.sql', "select string_agg(kilometres::text, '|') as told from voyages", '18.520'],
])('%s, plain and by gzip', async (name, question, told) => {
  const dump = await readDump(name);
  for (const bytes of [Buffer.from(dump), gzipSync(dump)]) {
    const { url } = await scoped(createEmptyTestDatabase());
    expect(await load(url, bytes)).toMatchObject({ loaded: 'loaded' });
    expect(await query(url, question)).toEqual([{ told }]);
  }
});

test('a second run finds every one of them loaded', async () => {
  for (const name of ['pg12.sql', 'pg15-one-schema.sql', 'pg17.sql', 'pg18.sql']) {
    const { url } = await scoped(createEmptyTestDatabase());
    await load(url, await readDump(name));
    expect(await load(url, await readDump(name))).toMatchObject({ loaded: 'already', statements: 0 });
  }
});
