import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository } from '../../../test/harness/git.ts';
import {
  createGitServerTest,
  type GitServerTest,
  type WorkingCopy,
} from '../../../test/harness/gitServer.ts';
import { scoped } from '../../../test/harness/scoped.ts';
import { api } from '../../contract/index.ts';
import { fetchNext } from '../repositories/index.ts';

let server: GitServerTest;
let copy: WorkingCopy;
beforeAll(async () => {
  server = await createGitServerTest();
  await server.host('tools');
  copy = await server.workingCopy('tools');
  await copy.must('push', '--quiet', 'origin', 'main');
});
afterAll(() => server[Symbol.asyncDispose]());

/** What the server says to a bare request. */
async function ask(path: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(server.test.address + path, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const refsOf = (name: string, service = 'git-upload-pack') => `/git/${name}.git/info/refs?service=${service}`;

describe('who is not signed in', () => {
  it('is asked for a token, the same for a repository that there is and for one that there is not', async () => {
    const [known, unknown, push, hostile] = await Promise.all(
      [refsOf('tools'), refsOf('nothing'), refsOf('tools', 'git-receive-pack'), refsOf('..%2ftools')].map(
        (path) => ask(path),
      ),
    );
    expect(known).toMatchObject({ status: 401 });
    expect(known?.headers.get('www-authenticate')).toContain('Basic');
    for (const answer of [unknown, push, hostile])
      expect([answer?.status, answer?.text]).toEqual([401, known?.text]);
  });

  it('reads what to do, in git', async () => {
    const { ok, stderr } = await server.client.git('.', 'ls-remote', await server.url('tools', 'slp_wrong'));
    expect(ok).toBe(false);
    expect(stderr).toContain('unknown, revoked or expired');
  });

  it('cannot guess for long, and keeps nobody from signing in by that', async () => {
    const statuses = [];
    for (let index = 0; index < 6; index += 1) {
      const response = await fetch(server.test.address + refsOf('tools'), {
        headers: { authorization: `Basic ${btoa(`guessed:slp_${index}`)}` },
      });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await ask(refsOf('tools'), await server.test.tokenOf('viewer'))).status).toBe(200);
  });
});

describe('who is signed in', () => {
  it('reads with the role viewer and the scope read, whatever the user name', async () => {
    for (const token of [await server.test.tokenOf('viewer'), server.test.machineToken])
      expect(await server.client.must('.', 'ls-remote', await server.url('tools', token))).toContain('main');
    expect(
      await ask(refsOf('tools'), await server.test.tokenOf('viewer', { scopes: ['deploy'] })),
    ).toMatchObject({
      status: 403,
      text: 'Slipway: this takes a token with the scope "read"\n',
    });
  });

  it.each([
    ['viewer', {}, 'this takes the role member'],
    ['member', {}, 'may not push commits of tools: its apps belong to web'],
    ['member', { teams: ['web'], scopes: ['read' as const] }, 'a token with the scope "deploy"'],
    ['admin', { scopes: ['read' as const] }, 'a token with the scope "deploy"'],
  ] as const)('a %s %j may not push', async (role, options, reason) => {
    const token = await server.test.tokenOf(role, options as never);
    await copy.commit();
    const { ok, stderr } = await copy.git('push', await server.url('tools', token), 'main');
    expect(ok).toBe(false);
    expect(stderr).toContain(reason);
  });

  it.each(['admin', 'machine'] as const)('the %s may push to every hosted repository', async (who) => {
    const token = who === 'machine' ? server.test.machineToken : await server.test.tokenOf(who);
    await copy.commit();
    const { ok, stderr } = await copy.git('push', await server.url('tools', token), 'main');
    expect(ok, stderr).toBe(true);
  });

  it('is told which repositories there are', async () => {
    expect(await ask(refsOf('nothing'), await server.test.tokenOf('viewer'))).toMatchObject({
      status: 404,
      text: 'Slipway: no repository is named "nothing"; there is tools\n',
    });
  });

  it('a POST is looked at as its GET was', async () => {
    const send = (token: string) =>
      fetch(`${server.test.address}/git/tools.git/git-receive-pack`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/x-git-receive-pack-request',
        },
        body: '0000',
      });
    expect((await send(await server.test.tokenOf('viewer'))).status).toBe(403);
    expect((await send('slp_wrong')).status).toBe(401);
  });
});

describe('a mirror', () => {
  it('can be read once it was fetched, and is pushed to where it comes from', async () => {
    const source = await scoped(createRepository());
    await source.commit();
    const text = `repositories: { copied: { url: ${source.directory} } }`;
    await server.test.machine.call(api.applyConfiguration, { body: { text, file: 'slipway.yml' } });
    const admin = await server.test.tokenOf('admin');
    const early = await server.client.git('.', 'ls-remote', await server.url('copied', admin));
    expect(early.stderr).toContain('copied is a mirror that was never fetched');
    await fetchNext(server.test.core, new AbortController().signal);
    expect(await server.client.must('.', 'ls-remote', await server.url('copied', admin))).toContain('main');
    const { ok, stderr } = await copy.git('push', await server.url('copied', admin), 'main');
    expect(ok).toBe(false);
    expect(stderr).toContain(`copied is a mirror of ${source.directory}; push there`);
  });

  it('cannot be made of what people have pushed to', async () => {
    const text = 'repositories: { tools: { url: /srv/tools.git } }';
    const applied = server.test.machine.call(api.applyConfiguration, { body: { text, file: 'slipway.yml' } });
    await expect(applied).rejects.toThrow(/Slipway hosts repository tools/);
  });
});

describe('other addresses', () => {
  /** As it is, without the client making it shorter. */
  const raw = (path: string, token: string) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(server.test.address);
      request({ hostname, port, path, headers: { authorization: `Bearer ${token}` } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode, text }));
      })
        .on('error', reject)
        .end();
    });

  it.each([
    '/git/../tools.git/info/refs?service=git-upload-pack',
    '/git/..%2f..%2fsecret-key/info/refs?service=git-upload-pack',
    '/git/tools.git/../tools.git/info/refs?service=git-upload-pack',
    '/git/tools.git/HEAD',
    '/git/tools.git/objects/info/packs',
    '/git/tools.git/config',
    '/git/.git/info/refs?service=git-upload-pack',
  ])('%s is nowhere', async (path) => {
    const { status, text } = await raw(path, await server.test.tokenOf('admin'));
    expect(status, text).toBe(404);
  });

  it.each(['git-upload-archive', 'x', ''])('the service "%s" is not spoken', async (service) => {
    const answer = await ask(refsOf('tools', service), await server.test.tokenOf('admin'));
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('only smart HTTP') });
  });

  it.each([
    ['text/plain', 'identity'],
    ['application/x-git-upload-pack-request', 'br'],
  ])('a body of %s, %s, is not read', async (type, encoding) => {
    const response = await fetch(`${server.test.address}/git/tools.git/git-upload-pack`, {
      method: 'POST',
      headers: { 'content-type': type, 'content-encoding': encoding },
      body: '0000',
    });
    expect(response.status).toBe(400);
  });

  it('are left to the web app', async () => {
    for (const path of ['/git/tools.git', '/git/tools', '/slipway/tools', '/slipway']) {
      const response = await fetch(server.test.address + path, { headers: { accept: 'text/html' } });
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'text/html; charset=utf-8',
      ]);
    }
  });
});
