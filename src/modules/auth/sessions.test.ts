import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../../../test/harness/api.ts';
import { type Browser, openBrowser, postSignIn } from '../../../test/harness/browser.ts';
import { sessionCookie } from '../../contract/accounts.ts';
import { api } from '../../contract/index.ts';
import { apiPrefix } from '../../platform/http/router.ts';

let test: TestApi;
let browser: Browser;
const ada = { username: 'ada', password: 'correct horse battery' };
const days = 86_400_000;

beforeAll(async () => {
  test = await createTestApi();
  await test.machine.call(api.createUser, { body: { ...ada, role: 'admin' } });
  browser = await openBrowser(test.address, ada);
});
afterAll(() => test.close());

const createTeam = (slug: string, headers: Record<string, string> = {}, from = browser) =>
  from.send('POST', '/teams', { body: { slug }, headers });

describe('a session', () => {
  it('does what its user may do', async () => {
    expect(await (await browser.send('GET', '/me')).json()).toMatchObject({ name: 'ada', role: 'admin' });
    expect((await createTeam('harbor')).status).toBe(201);
  });

  it('tells its CSRF token again, for a page that was reloaded', async () => {
    const session = (await (await browser.send('GET', '/session')).json()) as { csrf_token: string };
    expect(session.csrf_token).toBe(browser.csrf);
  });

  it('ends when it signs out, and takes its cookie along', async () => {
    const other = await openBrowser(test.address, ada);
    const response = await other.send('DELETE', '/session');
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^slipway_session=;.*Expires=Thu, 01 Jan 1970/);
    expect((await other.send('GET', '/me')).status).toBe(401);
  });

  it('can be ended from another one, but not by another user', async () => {
    const other = await openBrowser(test.address, ada);
    const { items } = (await (await browser.send('GET', '/sessions')).json()) as {
      items: { id: number; current: boolean }[];
    };
    const target = items.find((session) => !session.current)?.id ?? 0;
    const stranger = await test.as('owner');
    await expect(stranger.call(api.endSession, { params: { id: target } })).rejects.toMatchObject({
      problem: { code: 'not_found' },
    });
    expect((await other.send('GET', '/me')).status).toBe(200);
    expect((await browser.send('DELETE', `/sessions/${target}`)).status).toBe(204);
    expect((await other.send('GET', '/me')).status).toBe(401);
  });

  it('ends with all others of its user when the password is changed, but the one that changes it', async () => {
    const bob = { username: 'bob', password: 'correct horse battery' };
    await test.machine.call(api.createUser, { body: { ...bob, role: 'viewer' } });
    const [first, second] = [await openBrowser(test.address, bob), await openBrowser(test.address, bob)];
    const wrong = await first.send('PUT', '/me/password', {
      body: { current: 'wrong', password: 'new password 1' },
    });
    expect(wrong.status).toBe(400);
    const body = { current: bob.password, password: 'new password 1' };
    expect((await first.send('PUT', '/me/password', { body })).status).toBe(204);
    expect((await first.send('GET', '/me')).status).toBe(200);
    expect((await second.send('GET', '/me')).status).toBe(401);
    expect((await postSignIn(test.address, bob)).status).toBe(401);
    expect((await postSignIn(test.address, { ...bob, password: 'new password 1' })).status).toBe(201);
  });

  it('lets nobody guess the password by changing it', async () => {
    const carol = { username: 'carol', password: 'correct horse battery' };
    await test.machine.call(api.createUser, { body: { ...carol, role: 'viewer' } });
    const stolen = await openBrowser(test.address, carol);
    const guess = () =>
      stolen.send('PUT', '/me/password', { body: { current: 'wrong', password: 'new password 1' } });
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  });

  it('ends when its user is disabled, and with a password that an admin sets', async () => {
    const dave = { username: 'dave', password: 'correct horse battery' };
    await test.machine.call(api.createUser, { body: { ...dave, role: 'viewer' } });
    const first = await openBrowser(test.address, dave);
    await test.machine.call(api.updateUser, { params: dave, body: { password: 'set by an admin' } });
    expect((await first.send('GET', '/me')).status).toBe(401);
    const second = await openBrowser(test.address, { ...dave, password: 'set by an admin' });
    await test.machine.call(api.updateUser, { params: dave, body: { disabled: true } });
    expect((await second.send('GET', '/me')).status).toBe(401);
  });

  it('is stored as a hash only', async () => {
    const token = browser.cookie.split('=')[1] ?? '';
    const { rows } = await test.db.pool.query('select * from sessions');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('lives on while it is used, cookie and all, and ends after two weeks without use', async () => {
    const used = await openBrowser(test.address, ada);
    const unused = await openBrowser(test.address, ada);
    test.advance(10 * days);
    expect((await used.send('GET', '/me')).status).toBe(200);
    const renewed = await used.send('GET', '/session');
    const expires = /Expires=([^;]+)/.exec(renewed.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
    expect(new Date(expires).getTime()).toBeGreaterThan(Date.now() + 23 * days);
    test.advance(5 * days);
    expect((await used.send('GET', '/me')).status).toBe(200);
    expect((await unused.send('GET', '/me')).status).toBe(401);
    test.advance(-15 * days);
  });
});

describe('a request that another site makes the browser send', () => {
  it('changes nothing on any route without the CSRF token', async () => {
    for (const { method, path, access } of test.router.endpoints) {
      if (method === 'GET' || access === 'public') continue;
      const headers = { 'x-csrf-token': '' };
      const response = await browser.send(method, path.replace(/\{\w+\}/g, '0'), { headers, body: {} });
      expect(await response.json(), `${method} ${path}`).toMatchObject({
        code: 'forbidden',
        detail: expect.stringContaining('the CSRF token is missing or wrong'),
      });
    }
  });

  it('does not pass with the CSRF token of another session', async () => {
    const other = await openBrowser(test.address, ada);
    expect((await createTeam('stolen', { 'x-csrf-token': other.csrf })).status).toBe(403);
    expect((await createTeam('guessed', { 'x-csrf-token': 'x' })).status).toBe(403);
  });

  it.each(['https://evil.example.com', 'null', 'http://127.0.0.1:1', 'http://127.0.0.1.evil.example.com'])(
    'does not pass from the origin %s, even with the token',
    async (origin) => {
      expect((await createTeam('crossed', { origin })).status).toBe(403);
    },
  );

  it('is told from a request of our own pages, here and behind a proxy', async () => {
    expect((await createTeam('here', { origin: test.address })).status).toBe(201);
    const host = new URL(test.address).host;
    const proxied = { origin: `https://${host}`, 'x-forwarded-proto': 'https' };
    expect((await createTeam('proxied', proxied)).status).toBe(201);
  });

  it('may read, for the answer stays with the browser', async () => {
    const headers = { 'x-csrf-token': '', origin: 'https://evil.example.com' };
    const response = await browser.send('GET', '/me', { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('gets nowhere with a form: a body is JSON or it is nothing', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
      const headers = { 'content-type': type };
      const response = await browser.send('POST', '/teams', { headers, body: { slug: 'form' } });
      expect(response.status, type).toBe(400);
    }
  });
});

describe('credentials that do not fit', () => {
  const me = (headers: Record<string, string>) => fetch(`${test.address}${apiPrefix}/me`, { headers });

  it('a wrong token is refused also beside a right cookie', async () => {
    expect((await me({ cookie: browser.cookie, authorization: 'Bearer slp_wrong' })).status).toBe(401);
    expect((await me({ cookie: browser.cookie, authorization: 'Basic YWRhOng=' })).status).toBe(401);
    expect((await me({ cookie: browser.cookie, authorization: '' })).status).toBe(401);
  });

  it('a made-up cookie is nobody', async () => {
    expect((await me({ cookie: `${sessionCookie}=sls_made_up` })).status).toBe(401);
    expect((await me({ cookie: `${sessionCookie}=%00` })).status).toBe(401);
  });

  it('a token has no session to show or to end', async () => {
    const token = await test.as('viewer');
    await expect(token.call(api.session, {})).rejects.toMatchObject({ problem: { code: 'conflict' } });
    await expect(token.call(api.signOut, {})).rejects.toMatchObject({ problem: { code: 'conflict' } });
  });
});
