import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import type { Client } from '../../contract/client.ts';
import { api } from '../../contract/index.ts';
import type { KeyState, ProjectDetail } from '../../contract/projects.ts';
import { secretBox } from '../../platform/crypto/index.ts';
import { secretKeyFromEnvironment } from '../../platform/crypto/secretKey.ts';
import { openKeySecret, sealKeySecret } from './index.ts';

let test: TestApi;
let member: Client;

beforeAll(async () => {
  test = await createTestApi();
  await test.machine.call(api.createTeam, { body: { slug: 'web' } });
  member = await test.as('member', { teams: ['web'] });
});
afterAll(() => test.close());

let count = 0;
const create = (): Promise<ProjectDetail> => {
  count += 1;
  return member.call(api.createProject, { body: { name: `Project ${count}`, team: 'web' } });
};
const show = ({ slug }: ProjectDetail) => member.call(api.showProject, { params: { project: slug } });
const rotate = ({ slug }: ProjectDetail, idempotencyKey?: string) =>
  member.call(
    api.rotateProjectKey,
    { params: { project: slug } },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );
const add = ({ slug }: ProjectDetail, label: string) =>
  member.call(api.createProjectKey, { params: { project: slug }, body: { label } });
const turn = ({ slug }: ProjectDetail, key: string | undefined, state: KeyState, confirm?: string) =>
  member.call(api.updateProjectKey, {
    params: { project: slug, key: key ?? '' },
    query: confirm === undefined ? {} : { confirm },
    body: { state },
  });
const statesOf = async (project: ProjectDetail) => (await show(project)).keys.map((key) => key.state);
const refused = (call: Promise<unknown>, code: string, detail = '') =>
  expect(call).rejects.toMatchObject({ problem: { code, detail: expect.stringContaining(detail) } });

describe('rotating', () => {
  it('makes a new key; the one before is accepted until it is revoked', async () => {
    const project = await create();
    const made = await rotate(project);
    const after = await show(project);
    expect(after.keys.map((key) => key.state)).toEqual(['retiring', 'active']);
    expect(after.keys[0]).toMatchObject({ dsn: project.dsn, secret_dsn: project.secret_dsn });
    expect(after.keys[0]?.retiring_at).not.toBeNull();
    expect(after).toMatchObject({ dsn: made.dsn, secret_dsn: made.secret_dsn });
    expect(made.dsn).not.toBe(project.dsn);

    const revoked = await turn(project, project.keys[0]?.public_key, 'revoked');
    expect(revoked).toMatchObject({ state: 'revoked', dsn: null, secret_dsn: null });
    expect(revoked.revoked_at).not.toBeNull();
    await refused(turn(project, revoked.public_key, 'active'), 'invalid_transition', 'stays so');
    expect(await statesOf(project)).toEqual(['revoked', 'active']);
  });

  it('many times at once leaves one active key, and nothing lost', async () => {
    for (let round = 0; round < 4; round += 1) {
      const project = await create();
      const made = await Promise.all(Array.from({ length: 8 }, () => rotate(project)));
      expect(new Set(made.map((key) => key.public_key)).size).toBe(8);
      expect(await statesOf(project)).toEqual([...Array(8).fill('retiring'), 'active']);
    }
  });

  it('with an Idempotency-Key happens once, also when it is asked twice at once', async () => {
    const project = await create();
    const idempotencyKey = randomUUID();
    const [one, two] = await Promise.all([rotate(project, idempotencyKey), rotate(project, idempotencyKey)]);
    expect(two).toEqual(one);
    expect(await rotate(project, idempotencyKey)).toEqual(one);
    expect(await statesOf(project)).toEqual(['retiring', 'active']);
  });

  it('while the project is deleted ends in a new key that is gone with it, or in no such project', async () => {
    for (let round = 0; round < 8; round += 1) {
      const project = await create();
      const remove = test.machine.call(api.deleteProject, {
        params: { project: project.slug },
        query: { confirm: project.slug },
      });
      const outcomes = await Promise.allSettled([rotate(project), remove, rotate(project)]);
      expect(outcomes[1]?.status).toBe('fulfilled');
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ problem: { code: 'not_found' } });
    }
    const left = await test.db.one<{ count: number }>(sql`
      select count(*) from project_keys k where not exists (select 1 from projects p where p.id = k.project_id)`);
    expect(left.count).toBe(0);
  });
});

describe('a key', () => {
  it('may stand beside others, with a label; DSNs are made of the oldest active one', async () => {
    const project = await create();
    const mobile = await add(project, 'mobile');
    expect(mobile).toMatchObject({ label: 'mobile', state: 'active' });
    expect((await show(project)).dsn).toBe(project.dsn);
    await turn(project, project.keys[0]?.public_key, 'retiring');
    expect((await show(project)).dsn).toBe(mobile.dsn);
    expect((await rotate(project)).label).toBe('mobile');
    await turn(project, project.keys[0]?.public_key, 'active');
    const after = await show(project);
    expect(after.dsn).toBe(project.dsn);
    expect(after.keys[0]?.retiring_at).toBeNull();
    const params = { project: project.slug, key: mobile.public_key };
    const labelled = await member.call(api.updateProjectKey, { params, body: { label: 'iOS' } });
    expect(labelled).toMatchObject({ label: 'iOS', state: 'retiring' });
    const { items } = await member.call(api.listProjectKeys, { params: { project: project.slug } });
    expect(items).toEqual((await show(project)).keys);
  });

  it('that is the last one accepted is revoked with the slug of its project only', async () => {
    const project = await create();
    const [only] = project.keys;
    await refused(turn(project, only?.public_key, 'revoked'), 'conflict', 'is the last one');
    await refused(turn(project, only?.public_key, 'revoked', 'yes'), 'conflict', 'is the last one');
    await turn(project, only?.public_key, 'retiring');
    expect(await show(project)).toMatchObject({ dsn: project.dsn });
    await refused(turn(project, only?.public_key, 'revoked'), 'conflict', 'is the last one');
    await turn(project, only?.public_key, 'revoked', project.slug);
    expect(await show(project)).toMatchObject({ dsn: null, secret_dsn: null });
    const fresh = await rotate(project);
    expect(await show(project)).toMatchObject({ dsn: fresh.dsn });
  });

  it('is left by one of two who revoke two keys at once: the other is told that his is the last', async () => {
    const project = await create();
    const second = await rotate(project);
    const outcomes = await Promise.allSettled([
      turn(project, project.keys[0]?.public_key, 'revoked'),
      turn(project, second.public_key, 'revoked'),
    ]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await statesOf(project)).filter((state) => state !== 'revoked')).toHaveLength(1);
  });

  it('of another project, or of none, is not found', async () => {
    const [project, other] = [await create(), await create()];
    await refused(turn(project, other.keys[0]?.public_key, 'retiring'), 'not_found', 'has no key');
    await refused(turn(project, 'x'.repeat(32), 'retiring'), 'not_found');
    await refused(turn(project, 'not-one', 'retiring'), 'invalid_input');
    const params = { project: project.slug, key: project.keys[0]?.public_key ?? '' };
    await refused(member.call(api.updateProjectKey, { params, body: {} }), 'invalid_input', 'say what');
  });

  it('without a secret, as a fixture may give it, has a public DSN only', async () => {
    const project = await create();
    await test.db.run(sql`
      update project_keys set sealed_secret = null where public_key = ${project.keys[0]?.public_key}`);
    expect(await show(project)).toMatchObject({ dsn: project.dsn, secret_dsn: null });
  });
});

describe('the secret of a key', () => {
  it('stands nowhere in the database in clear text, not even where answers are remembered', async () => {
    const project = await create();
    const made = await rotate(project, randomUUID());
    const secrets = [project.secret_dsn, made.secret_dsn].map((dsn) => new URL(dsn ?? '').password);
    expect(secrets.map((secret) => secret.length)).toEqual([32, 32]);
    const tables = await test.db.many<{ name: string }>(
      sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`,
    );
    for (const { name } of tables) {
      const { rows } = await test.db.pool.query(`select t::text as row from ${name} t`);
      for (const secret of secrets) expect(JSON.stringify(rows), name).not.toContain(secret);
    }
  });

  it('opens beside its own public key only', () => {
    const { box } = test.core.secrets;
    const sealed = sealKeySecret(box, 'abc', 'the secret');
    expect(openKeySecret(box, 'abc', sealed)).toBe('the secret');
    expect(openKeySecret(box, 'abd', sealed)).toBeNull();
  });

  it('is lost with the SLIPWAY_SECRET_KEY that sealed it; the project is shown all the same, and rotated', async () => {
    const project = await create();
    const [key] = project.keys;
    const other = secretBox(secretKeyFromEnvironment('7'.repeat(64)));
    const sealed = sealKeySecret(other, key?.public_key ?? '', 'the secret');
    await test.db.run(
      sql`update project_keys set sealed_secret = ${sealed} where public_key = ${key?.public_key}`,
    );
    expect(await show(project)).toMatchObject({ dsn: project.dsn, secret_dsn: null });
    expect((await rotate(project)).secret_dsn).toMatch(/:\w{32}@/);
  });
});
