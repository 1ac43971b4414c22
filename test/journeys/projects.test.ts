import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCuttingProxy } from '../harness/cuttingProxy.ts';
import { createInstallation, type Installation } from '../harness/installation.ts';

let here: Installation;

beforeAll(async () => {
  here = await createInstallation();
  await here.up();
});
afterAll(() => here.close());

const slipway = (line: string, ...more: string[]) => here.slipway([...line.split(' '), ...more]);
const dsnOf = async (project: string) => (await slipway(`projects show ${project} --dsn`)).stdout.trim();
const keyIn = (dsn: string) => new URL(dsn).username;

test('a newcomer: no team, no project, then a project with a DSN to copy', async () => {
  expect((await slipway('projects')).stdout).toBe(
    'no project yet; make one: slipway projects create NAME --team TEAM\n',
  );
  const early = await slipway('projects create Storefront');
  expect(early).toMatchObject({ code: 2, stdout: '' });
  expect(early.stderr).toContain(
    'there is no team yet that it could belong to; make one: slipway teams create',
  );
  expect((await slipway('teams')).stdout).toContain('no team yet');

  expect(await slipway('teams create web')).toMatchObject({ code: 0, stdout: 'web is a team now\n' });
  expect((await slipway('projects create Storefront')).stderr).toContain('--team TEAM, one of web');
  const created = await slipway('projects create Storefront --team web --platform node');
  expect(created).toMatchObject({ code: 0 });
  const [said, dsn = '', ...rest] = created.stdout.split('\n');
  expect(said).toBe('storefront is project 1 of team web; its DSN:');
  expect(dsn).toMatch(/^http:\/\/[0-9a-f]{32}@127\.0\.0\.1:\d+\/1$/);
  expect(rest).toEqual(['']);

  expect(await slipway('projects show storefront --dsn')).toEqual({
    code: 0,
    stdout: `${dsn}\n`,
    stderr: '',
  });
  const secret = (await slipway('projects show 1 --secret')).stdout.trim();
  expect(secret).toMatch(/^http:\/\/[0-9a-f]{32}:[0-9a-f]{32}@127\.0\.0\.1:\d+\/1$/);
  const shown = await slipway('projects show storefront');
  expect(shown.stdout).toContain(`\n${dsn}\n`);
  expect(shown.stdout).toMatch(/^storefront {2}Storefront\n {2}id +1\n {2}team +web\n {2}platform +node\n/);
  expect(shown.stdout + shown.stderr).not.toContain(new URL(secret).password);
  expect((await slipway('projects --search sto')).stdout).toMatch(/^storefront +Storefront +1 +web +node +/m);
  expect((await slipway('projects --search nothing')).stdout).toContain(
    'no project is called like "nothing"',
  );
});

test('a key is rotated without a gap, and the one before is revoked when it is time', async () => {
  const before = await dsnOf('storefront');
  const rotated = await slipway('projects rotate storefront');
  const after = rotated.stdout.split('\n')[1] ?? '';
  expect(await dsnOf('storefront')).toBe(after);
  expect(after).not.toBe(before);
  expect(rotated.stderr).toContain(`slipway projects revoke storefront ${keyIn(before).slice(0, 8)}`);
  const states = async () =>
    (await slipway('projects keys storefront')).stdout
      .split('\n')
      .flatMap((line) => /^([0-9a-f]{32}) +(\w+)/.exec(line)?.slice(1).join(' ') ?? []);
  expect(await states()).toEqual([`${keyIn(before)} retiring`, `${keyIn(after)} active`]);

  expect((await slipway('projects activate storefront')).stdout).toBe(
    `key ${keyIn(before).slice(0, 8)} of storefront is active\n`,
  );
  expect((await slipway('projects revoke storefront')).stderr).toContain('has no key that is retiring');
  expect((await slipway('projects retire storefront')).stderr).toContain('several keys that are active');
  await slipway(`projects retire storefront ${keyIn(before).slice(0, 12)}`);
  expect((await slipway('projects revoke storefront')).stdout).toContain('is revoked, and accepted never');
  expect(await states()).toEqual([`${keyIn(before)} revoked`, `${keyIn(after)} active`]);
  expect((await slipway(`projects activate storefront ${keyIn(before)}`)).stderr).toContain('stays so');

  const last = await slipway(`projects revoke storefront ${keyIn(after)}`);
  expect(last).toMatchObject({ code: 2, stdout: '' });
  expect(last.stderr).toMatch(/is the last one .* add --confirm storefront, or --yes/);
  expect((await slipway(`projects revoke storefront ${keyIn(after)} --confirm other`)).code).toBe(2);
  expect((await slipway(`projects revoke storefront ${keyIn(after)} --confirm storefront`)).code).toBe(0);
  expect((await slipway('projects show storefront --dsn')).stderr).toContain(
    'make one: slipway projects rotate storefront',
  );
  await slipway('projects rotate storefront');

  await slipway('projects keys storefront --add', 'on phones');
  const list = await slipway('projects keys storefront');
  const phones = /^([0-9a-f]{32}) .*on phones$/m.exec(list.stdout)?.[1] ?? '';
  expect((await slipway(`projects show storefront --key ${phones.slice(0, 10)} --dsn`)).stdout).toContain(
    `//${phones}@`,
  );
});

test('an answer to rotate that is lost is asked for again, and nothing rotates twice', async () => {
  const proxy = await startCuttingProxy(await here.url(), ({ method, url }, cuts) =>
    method === 'POST' && url?.endsWith('/rotate') && cuts < 2 ? 'before-answer' : undefined,
  );
  await slipway('projects create Lossy --team web');
  const env = { SLIPWAY_URL: proxy.url, SLIPWAY_TOKEN: await here.token() };
  expect(await here.slipway(['projects', 'rotate', 'lossy'], { env })).toMatchObject({ code: 0 });
  expect(proxy.cuts()).toBe(2);
  const { items } = JSON.parse((await slipway('projects keys lossy --json')).stdout);
  expect(items).toHaveLength(2);
  await proxy.close();
});

test('renaming and moving leave the DSN as it is; a renamed team keeps its projects', async () => {
  const dsn = await dsnOf('storefront');
  await slipway('teams create sea');
  expect((await slipway('projects rename storefront', 'Web shop', '--slug', 'shop')).stdout).toBe(
    'storefront is shop, "Web shop" (node)\n',
  );
  expect((await slipway('projects move shop sea')).stdout).toBe('shop belongs to team sea\n');
  expect((await slipway('teams rename sea ocean --name', 'The Ocean')).stdout).toBe(
    'sea is ocean now, "The Ocean"\n',
  );
  expect((await slipway('teams show ocean')).stdout).toMatch(/ {2}projects +shop$/m);
  expect(await dsnOf('shop')).toBe(dsn);
  expect((await slipway('projects show storefront')).stderr).toContain('slipway projects lists them');
  expect((await slipway('projects rename shop')).stderr).toContain('say what to change about shop');
});

test('what is deleted is confirmed by its slug, and a team goes when it owns nothing', async () => {
  const owning = await slipway('teams delete ocean --yes');
  expect(owning).toMatchObject({ code: 2, stdout: '' });
  expect(owning.stderr).toMatch(/team ocean still owns project shop\. First move its projects: slipway/);
  const unsure = await slipway('projects delete shop');
  expect(unsure).toMatchObject({ code: 2, stdout: '' });
  expect(unsure.stderr).toMatch(
    /"Web shop", id 1, team ocean\) will be deleted, .* --confirm shop, or --yes/,
  );
  expect((await slipway('projects delete shop --confirm storefront')).code).toBe(2);
  expect((await slipway('projects delete 1 --confirm shop --json')).stdout).toContain('"deleted": true');
  expect((await slipway('teams delete ocean --confirm ocean')).stdout).toBe('team ocean is deleted\n');
  expect((await slipway('projects create Storefront --team web')).stdout).toContain(
    'is project 3 of team web',
  );
});

test('on a terminal its slug is typed; anything else deletes nothing', async () => {
  await slipway('projects create', 'Typed away', '--team', 'web');
  const wrong = await typed('projects delete typed-away', 'typed');
  expect(wrong.printed).toContain('that is not its slug; nothing was changed');
  expect(wrong.code).toBe(130);
  expect((await slipway('projects show typed-away')).code).toBe(0);
  expect((await typed('projects delete typed-away', 'typed-away')).printed).toContain(
    'project typed-away is deleted',
  );
  expect((await slipway('projects show typed-away')).code).toBe(2);
});

test('who may look only is shown no secret, and told who may', async () => {
  await slipway('users add vic --role viewer');
  const made = JSON.parse((await slipway('token create looking --user vic --json')).stdout);
  const env = { SLIPWAY_URL: await here.url(), SLIPWAY_TOKEN: made.token };
  const asViewer = (...args: string[]) => here.slipway(['projects', ...args], { env });
  expect((await asViewer()).stdout).toMatch(/^storefront .*web \(you may look only\)/m);
  expect((await asViewer('show', 'storefront', '--dsn')).stdout).toBe(`${await dsnOf('storefront')}\n`);
  const refused = await asViewer('show', 'storefront', '--secret');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('secrets of project storefront are for members of team web and admins');
  expect((await asViewer('rotate', 'storefront')).code).toBe(2);
});

test('completion knows projects, teams and keys', async () => {
  const complete = async (...words: string[]) => (await here.slipway(['__complete', '--', ...words])).stdout;
  expect(await complete('projects', 'show', 'st')).toBe('storefront\tStorefront, web\n');
  expect(await complete('projects', 'move', 'storefront', '')).toBe('web\n');
  const key = keyIn(await dsnOf('storefront'));
  expect(await complete('projects', 'revoke', 'storefront', '')).toBe(`${key}\tactive\n`);
});

/** Runs a command on a terminal, and answers its question as somebody would who has read it. */
async function typed(line: string, answer: string): Promise<{ code: number; printed: string }> {
  const slipwayPath = join(import.meta.dirname, '../../bin/slipway');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: here.home,
    SLIPWAY_DATA_DIR: here.dataDir,
    TERM: 'xterm',
  };
  const child = spawn('script', ['-qec', `stty cols 100; ${slipwayPath} ${line}`, '/dev/null'], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (!printed.includes('Type ') && (printed + text).includes('Type ')) child.stdin.write(`${answer}\r`);
    printed += text;
  });
  const [code] = await once(child, 'close');
  return { code, printed };
}
