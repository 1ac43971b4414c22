import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCuttingProxy } from '../harness/cuttingProxy.ts';
import { createRepository, type Repository } from '../harness/git.ts';
import { createInstallation, type Installation } from '../harness/installation.ts';

let here: Installation;
let repository: Repository;

beforeAll(async () => {
  here = await createInstallation();
  repository = await createRepository();
  await repository.commit({ message: 'Add \u001b[31mtides\u001b]0;pwned\u0007 \u202eseabed' });
  await here.up();
  await here.apply({
    repositories: { harbor: { url: repository.directory, fetch_every: 0 } },
    apps: {
      harbor: {
        repository: 'harbor',
        team: 'harbor',
        steps: [
          { name: 'Lines', run: 'for i in $(seq 2000); do echo "line $i"; done', only: ['long', 'slow'] },
          {
            name: 'Wait',
            run: `until [ -e ${join(here.home, 'gate')} ]; do sleep 0.05; done`,
            only: ['slow'],
          },
          {
            name: 'Hostile',
            run: String.raw`printf 'a\033]0;evil\007b\033[2Jc\033[31mred\033[0m\r\nbytes: \377\376 end\n'`,
            only: ['hostile'],
          },
        ],
        environments: { long: {}, slow: {}, hostile: {} },
      },
    },
  });
});

afterAll(async () => {
  await here.close();
  await repository[Symbol.asyncDispose]();
});

test('an answer that is lost is asked for again, and nothing ships twice', async () => {
  const proxy = await startCuttingProxy(await here.url(), ({ method, url }, cuts) =>
    method === 'POST' && url?.endsWith('/deploys') && cuts < 2 ? 'before-answer' : undefined,
  );
  const env = { SLIPWAY_URL: proxy.url, SLIPWAY_TOKEN: await here.token() };
  const shipped = await here.slipway(['deploy', 'harbor', 'long', '--follow'], { env });
  expect(shipped).toMatchObject({ code: 0 });
  expect(proxy.cuts()).toBe(2);
  const { items } = JSON.parse((await here.slipway(['deploys', '--env', 'long', '--json'])).stdout);
  expect(items).toHaveLength(1);
  await proxy.close();
});

test('a log that is followed over a connection that breaks again and again has every byte once', async () => {
  const proxy = await startCuttingProxy(await here.url(), ({ url }, cuts) =>
    url?.includes('/log/stream') && cuts < 5 ? { afterBytes: 3000 + 5000 * cuts } : undefined,
  );
  const env = { SLIPWAY_URL: proxy.url, SLIPWAY_TOKEN: await here.token() };
  const followed = await here.slipway(['redeploy', 'harbor/long', '-f'], { env });
  const whole = await here.slipway(['logs', 'harbor/long']);
  expect(whole.stdout).toContain('line 2000\n');
  expect(proxy.cuts()).toBeGreaterThan(0);
  expect(followed.stdout.startsWith(whole.stdout)).toBe(true);
  expect(followed.stderr).toContain('Trying again…\nslipway: connected again');
  await proxy.close();
});

test('following goes on when Slipway is killed and comes back elsewhere', async () => {
  const following = here.start(['deploy', 'harbor', 'slow', '-f']);
  await vi.waitFor(() => expect(following.printed()).toContain('line 2000'), { timeout: 60_000 });
  await here.kill();
  await vi.waitFor(() => expect(following.printed()).toContain('Trying again…'), { timeout: 60_000 });
  await here.up();
  const { code, stdout, stderr } = await following.finished;
  expect(stderr).toContain('connected again');
  expect([0, 4]).toContain(code);
  expect(stdout.match(/^line 1000$/gm)).toHaveLength(1);
  expect(stdout).toMatch(/harbor\/slow#1 (succeeded|failed)/);
});

test('what a terminal obeys does not come through, unless as bytes with --raw', async () => {
  const shipped = await here.slipway(['deploy', 'harbor', 'hostile', '-f']);
  const coloured = await here.slipway(['logs', 'harbor/hostile'], { env: { FORCE_COLOR: '1' } });
  const others = await Promise.all(
    [['status'], ['show', 'harbor/hostile'], ['changes', 'harbor', 'hostile', '--json']].map((args) =>
      here.slipway(args),
    ),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not come.
  const obeyed = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/;
  for (const { stdout } of [shipped, ...others]) expect(stdout).not.toMatch(obeyed);
  expect(shipped.stdout).toContain('abcred\nbytes: ');
  expect(coloured.stdout).toContain('abc\u001b[31mred\u001b[0m\n');

  const raw = here.start(['logs', 'harbor/hostile', '--raw']);
  const bytes = await collect(raw.child.stdout);
  expect(bytes.includes(Buffer.from('bytes: \xff\xfe end\n', 'latin1'))).toBe(true);
  expect(bytes.includes('\u001b]0;evil\u0007')).toBe(true);
  const followed = await collect(here.start(['logs', 'harbor/hostile', '--raw', '--follow']).child.stdout);
  expect(followed.equals(bytes)).toBe(true);
});

test('a repository that cannot be fetched stops a deploy, and says how to ship all the same', async () => {
  await rename(repository.directory, `${repository.directory}.away`);
  const stopped = await here.slipway(['deploy', 'harbor', 'long', '-y', '--force', 'again']);
  expect(stopped).toMatchObject({ code: 2, stdout: '' });
  expect(stopped.stderr).toMatch(/harbor cannot be fetched since .*(last good fetch: .*)/);
  expect(stopped.stderr).toContain('--no-fetch');
  const shipped = await here.slipway(['deploy', 'harbor', 'long', '--no-fetch', '--force', 'again', '-f']);
  expect(shipped.code).toBe(0);
  const repos = await here.slipway(['repos']);
  expect(repos.stdout).toMatch(/^failing +harbor +since/m);
  await rename(`${repository.directory}.away`, repository.directory);
});

test('a reader that goes away is no error', async () => {
  const { child, finished } = here.start(['logs', 'harbor/long']);
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await finished).toMatchObject({ code: 0, stderr: '' });
});

async function collect(stream: NodeJS.ReadableStream | null): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream ?? []) parts.push(Buffer.from(part as string, 'latin1'));
  return Buffer.concat(parts);
}
