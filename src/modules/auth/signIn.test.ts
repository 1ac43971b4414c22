import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { postSignIn } from '../../../test/harness/browser.ts';
import { api } from '../../contract/index.ts';
import { passwordHasher } from '../../platform/crypto/index.ts';

let test: TestApi;
const password = 'correct horse battery';
const minutes = 60_000;

beforeAll(async () => {
  test = await createTestApi();
  await test.machine.call(api.createUser, {
    body: { username: 'ada', role: 'member', password, email: 'Ada@example.com' },
  });
  await test.machine.call(api.createUser, { body: { username: 'nopass', role: 'member' } });
  await test.machine.call(api.createUser, { body: { username: 'gone', role: 'member', password } });
  await test.machine.call(api.updateUser, { params: { username: 'gone' }, body: { disabled: true } });
});
afterAll(() => test.close());

let addresses = 0;
/** An address that nobody came from yet. */
const freshIp = () => `203.0.113.${++addresses}`;
const signIn = (username: string, secret: string, ip = freshIp()) =>
  postSignIn(test.address, { username, password: secret }, { ip });

async function problemOf(response: Response) {
  const { request_id: _id, ...problem } = (await response.json()) as Record<string, unknown>;
  return { status: response.status, problem };
}

describe('signing in', () => {
  it('sets a cookie that no script reads and no other site sends', async () => {
    const response = await signIn('ada', password);
    expect(response.status).toBe(201);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^slipway_session=sls_\w+; /);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
    expect(await response.json()).toMatchObject({ user: { username: 'ada', role: 'member' } });
  });

  it('takes the e-mail for the name, in any case', async () => {
    expect((await signIn('ADA@EXAMPLE.COM', password)).status).toBe(201);
    expect((await signIn('Ada', password)).status).toBe(201);
  });

  it('leaves a trace in the audit log, and never the password', async () => {
    const ip = freshIp();
    await signIn('ada', password, ip);
    const { items } = await test.machine.call(api.listAudit, { query: { action: 'session.create' } });
    expect(items[0]).toMatchObject({ actor: 'ada', ip, subject: 'ada' });
    const { rows } = await test.db.pool.query('select * from audit_log');
    expect(JSON.stringify(rows)).not.toContain(password);
  });

  it('is refused to a page of another site', async () => {
    const credentials = { username: 'ada', password };
    const headers = { 'sec-fetch-site': 'cross-site' };
    const response = await postSignIn(test.address, credentials, { ip: freshIp(), headers });
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe('a refusal', () => {
  it('is the same for a wrong password, an unknown name, a user without password and a disabled one', async () => {
    const wrong = await problemOf(await signIn('ada', 'wrong'));
    expect(wrong).toMatchObject({ status: 401, problem: { code: 'unauthenticated' } });
    for (const [username, secret] of [
      ['nobody', password],
      ['nopass', password],
      ['nopass', ''],
      ['gone', password],
      ["ada' or 1=1 --", password],
      ['x'.repeat(200), password],
    ]) {
      expect(await problemOf(await signIn(username ?? '', secret ?? '')), username).toEqual(wrong);
    }
  });
});

describe('with passwords as strong as in production', () => {
  let strong: TestApi;
  beforeAll(async () => {
    strong = await createTestApi({ passwords: passwordHasher() });
    await strong.machine.call(api.createUser, { body: { username: 'ada', role: 'member', password } });
  });
  afterAll(() => strong.close());

  const enter = (username: string, secret: string) =>
    postSignIn(strong.address, { username, password: secret }, { ip: freshIp() });

  it('a refusal takes as long for an unknown name as for a wrong password', async () => {
    const times = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    for (let round = 0; round < 2; round += 1) {
      times.known = Math.min(times.known, await timed(() => enter('ada', 'wrong')));
      times.unknown = Math.min(times.unknown, await timed(() => enter('nobody', 'wrong')));
    }
    expect(times.unknown).toBeGreaterThan(times.known / 3);
  });

  it('a hash of yesterday is replaced at the next sign-in', async () => {
    const hashOf = async () =>
      (await strong.db.pool.query("select password_hash from users where username = 'ada'")).rows[0]
        .password_hash;
    const weak = await passwordHasher({ parameters: { logN: 10, r: 8, p: 1 } }).hashPassword(password);
    await strong.db.pool.query("update users set password_hash = $1 where username = 'ada'", [weak]);
    expect((await enter('ada', 'wrong')).status).toBe(401);
    expect(await hashOf()).toBe(weak);
    expect((await enter('ada', password)).status).toBe(201);
    expect(await hashOf()).not.toBe(weak);
    expect((await enter('ada', password)).status).toBe(201);
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

describe('attempts', () => {
  const statuses = async (count: number, username: string, ip: string) => {
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) found.push((await signIn(username, 'wrong', ip)).status);
    return found;
  };

  it('from one address at one name end after five, also with the right password, until the window is over', async () => {
    const ip = freshIp();
    expect(await statuses(7, 'eve', ip)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const refused = await signIn('eve', 'wrong', ip);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(14 * 60);
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      detail: 'too many failed attempts; try again in 15 min',
    });
    test.advance(15 * minutes);
    expect(await statuses(1, 'eve', ip)).toEqual([401]);
  });

  it('that are turned away do not count: who hammers a name keeps its owner out of nothing', async () => {
    const ip = freshIp();
    await statuses(5, 'ada', ip);
    expect(new Set(await statuses(60, 'ada', ip))).toEqual(new Set([429]));
    expect((await signIn('ada', password, ip)).status).toBe(429);
    expect((await signIn('ada', password)).status).toBe(201);
    test.advance(15 * minutes);
  });

  it('that succeed do not count', async () => {
    const ip = freshIp();
    for (let index = 0; index < 7; index += 1) expect((await signIn('ada', password, ip)).status).toBe(201);
  });

  it('of one name under two spellings count together', async () => {
    const ip = freshIp();
    expect(await statuses(3, 'Mallory', ip)).toEqual([401, 401, 401]);
    expect(await statuses(3, 'mallory', ip)).toEqual([401, 401, 429]);
    test.advance(15 * minutes);
  });

  it('twenty at once: no more than five are looked at', async () => {
    const ip = freshIp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn('trent', 'wrong', ip)));
    const looked = answers.filter((answer) => answer.status === 401);
    expect(looked.length).toBeLessThanOrEqual(5);
    expect(answers.every((answer) => answer.status === 401 || answer.status === 429)).toBe(true);
    const rest = await statuses(6 - looked.length, 'trent', ip);
    expect(rest.filter((status) => status === 401)).toHaveLength(5 - looked.length);
    test.advance(15 * minutes);
  });
});
