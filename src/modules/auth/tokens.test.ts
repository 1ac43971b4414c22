import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import type { Client } from '../../contract/client.ts';
import type { Role, Scope } from '../../contract/endpoint.ts';
import { api } from '../../contract/index.ts';

let test: TestApi;
const days = 86_400_000;

beforeAll(async () => {
  test = await createTestApi();
});
afterAll(() => test.close());

let users = 0;
async function newUser(role: Role): Promise<string> {
  users += 1;
  const username = `${role}-${users}`;
  await test.machine.call(api.createUser, { body: { username, role } });
  return username;
}

/** A token of a user, made by the local CLI. */
async function issue(user: string, scopes: Scope[], expiresInDays: number | null = null) {
  const body = { name: `t${++users}`, scopes, user, expires_in_days: expiresInDays };
  const created = await test.machine.call(api.createToken, { body });
  return { ...created, client: bearer(created.token) };
}
const bearer = (token: string): Client => test.client({ authorization: `Bearer ${token}` });
const refused = (call: Promise<unknown>, code: string) =>
  expect(call).rejects.toMatchObject({ problem: { code } });

describe('a token', () => {
  it('acts as its user, within its scopes', async () => {
    const user = await newUser('member');
    const { client } = await issue(user, ['read']);
    expect(await client.call(api.me, {})).toEqual({
      kind: 'user',
      name: user,
      role: 'member',
      teams: [],
      scopes: ['read'],
    });
  });

  it('is shown once, and stored as a hash', async () => {
    const user = await newUser('viewer');
    const { token, client } = await issue(user, ['read']);
    expect(token).toMatch(/^slp_[0-9A-Za-z]{38}$/);
    expect(JSON.stringify(await client.call(api.listTokens, {}))).not.toContain(token);
    const { rows } = await test.db.pool.query('select * from api_tokens');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('ends when its time has come', async () => {
    const { client } = await issue(await newUser('viewer'), ['read'], 7);
    test.advance(7 * days - 60_000);
    await client.call(api.me, {});
    test.advance(60_000);
    await refused(client.call(api.me, {}), 'unauthenticated');
    test.advance(-7 * days);
  });

  it('ends when it is revoked, and its name is free again', async () => {
    const user = await newUser('viewer');
    const { id, name, client } = await issue(user, ['read', 'deploy']);
    await client.call(api.revokeToken, { params: { id } });
    await refused(client.call(api.me, {}), 'unauthenticated');
    await test.machine.call(api.createToken, { body: { name, user } });
    await refused(test.machine.call(api.createToken, { body: { name, user } }), 'conflict');
  });

  it('sleeps while its user is disabled', async () => {
    const user = await newUser('viewer');
    const { client } = await issue(user, ['read']);
    await test.machine.call(api.updateUser, { params: { username: user }, body: { disabled: true } });
    await refused(client.call(api.me, {}), 'unauthenticated');
    await test.machine.call(api.updateUser, { params: { username: user }, body: { disabled: false } });
    await client.call(api.me, {});
  });

  it('loses at once what its user may no longer do', async () => {
    const user = await newUser('admin');
    const { client } = await issue(user, ['read', 'admin']);
    await client.call(api.listAudit, {});
    await test.machine.call(api.updateUser, { params: { username: user }, body: { role: 'viewer' } });
    await refused(client.call(api.listAudit, {}), 'forbidden');
  });

  it('knows when it was used last, to the minute', async () => {
    const user = await newUser('viewer');
    const { id, client } = await issue(user, ['read']);
    const lastUsed = async () =>
      (await client.call(api.listTokens, {})).items.find((token) => token.id === id)?.last_used_at ?? null;
    expect(
      (await test.machine.call(api.listTokens, {})).items.find((t) => t.id === id)?.last_used_at,
    ).toBeNull();
    const first = await lastUsed();
    expect(first).not.toBeNull();
    expect(await lastUsed()).toBe(first);
    test.advance(61_000);
    expect(new Date((await lastUsed()) ?? 0).getTime()).toBeGreaterThan(
      new Date(first ?? 0).getTime() + 60_000,
    );
  });
});

describe('a token that a token makes', () => {
  it('has none of the scopes that its maker lacks', async () => {
    const { client } = await issue(await newUser('owner'), ['read', 'deploy']);
    await refused(
      client.call(api.createToken, { body: { name: 'wide', scopes: ['read', 'admin'] } }),
      'forbidden',
    );
    await client.call(api.createToken, { body: { name: 'narrow', scopes: ['read'] } });
  });

  it('is none of a maker that may only look', async () => {
    const { client } = await issue(await newUser('owner'), ['read']);
    await refused(client.call(api.createToken, { body: { name: 'copy', scopes: ['read'] } }), 'forbidden');
  });

  it('does not outlive its maker', async () => {
    const maker = await issue(await newUser('member'), ['read', 'deploy'], 2);
    const forever = await maker.client.call(api.createToken, {
      body: { name: 'forever', expires_in_days: null },
    });
    const long = await maker.client.call(api.createToken, { body: { name: 'long' } });
    const short = await maker.client.call(api.createToken, { body: { name: 'short', expires_in_days: 1 } });
    expect([forever.expires_at, long.expires_at]).toEqual([maker.expires_at, maker.expires_at]);
    expect(new Date(short.expires_at ?? 0).getTime()).toBeLessThan(new Date(maker.expires_at ?? 0).getTime());
  });
});

describe('tokens of others', () => {
  it('are made by owners only, and not by a token without the scope admin', async () => {
    const victim = await newUser('owner');
    const body = { name: 'spy', scopes: ['read' as const], user: victim };
    for (const role of ['viewer', 'member', 'admin'] as const) {
      await refused((await test.as(role)).call(api.createToken, { body }), 'forbidden');
    }
    const narrow = await issue(await newUser('owner'), ['read', 'deploy']);
    await refused(narrow.client.call(api.createToken, { body }), 'forbidden');
    expect(await (await test.as('owner')).call(api.createToken, { body })).toMatchObject({ user: victim });
  });

  it('are seen and revoked by admins only, and not by a token without the scope admin', async () => {
    const { id } = await issue(await newUser('member'), ['read']);
    const narrow = await issue(await newUser('admin'), ['read', 'deploy']);
    const callers = [await test.as('viewer'), await test.as('member'), narrow.client];
    for (const caller of callers) {
      await refused(caller.call(api.listTokens, { query: { all: 'true' } }), 'forbidden');
      await refused(caller.call(api.revokeToken, { params: { id } }), 'not_found');
    }
    const admin = await test.as('admin');
    const { items } = await admin.call(api.listTokens, { query: { all: '' } });
    expect(items.map((token) => token.id)).toContain(id);
    await admin.call(api.revokeToken, { params: { id } });
    await refused(admin.call(api.revokeToken, { params: { id } }), 'not_found');
  });

  it('are recorded with who made them, and without their secret', async () => {
    const { token, name, user } = await issue(await newUser('viewer'), ['read']);
    const { items } = await test.machine.call(api.listAudit, { query: { subject: `${user}/${name}` } });
    expect(items).toMatchObject([
      { action: 'token.create', actor_kind: 'machine', details: { scopes: ['read'] } },
    ]);
    expect(JSON.stringify(items)).not.toContain(token);
  });
});

describe('the token of this machine', () => {
  it('is an owner by the name of whoever operates it', async () => {
    const named = test.client({
      authorization: `Bearer ${test.machineToken}`,
      'x-slipway-operator': 'ada',
    });
    expect(await named.call(api.me, {})).toEqual({
      kind: 'machine',
      name: 'ada (local)',
      role: 'owner',
      teams: [],
      scopes: ['read', 'deploy', 'admin'],
    });
  });

  it('takes no name that could be mistaken or break a log', async () => {
    const strange = test.client({
      authorization: `Bearer ${test.machineToken}`,
      'x-slipway-operator': 'slipway (system)',
    });
    expect((await strange.call(api.me, {})).name).toBe('operator (local)');
  });

  it('says for whom it makes a token, and has no password or sessions', async () => {
    await refused(test.machine.call(api.createToken, { body: { name: 'whose' } }), 'invalid_input');
    await refused(test.machine.call(api.sessions, {}), 'conflict');
    const body = { current: 'x', password: 'long enough it is' };
    await refused(test.machine.call(api.changeMyPassword, { body }), 'conflict');
  });

  it('lies in a file that only this user reads, and stays the same', async () => {
    const { stat } = await import('node:fs/promises');
    const { machineToken } = await import('../../services/machineToken.ts');
    expect((await stat(test.core.paths.machineToken)).mode & 0o777).toBe(0o600);
    expect(await machineToken(test.core.paths)).toBe(test.machineToken);
  });
});
