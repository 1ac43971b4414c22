import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClient } from '../../src/contract/client.ts';
import { api } from '../../src/contract/index.ts';
import { createInstallation, type Installation, script, start } from '../harness/installation.ts';

const prefix = 'https://errors.example.com';
const settings = { SLIPWAY_URL_PREFIX: prefix };
const seed = `# admin details
admin:
  username: admin
  email: admin@example.com
  password: \${ADMIN_PASSWORD}
teams:
- name: Payments
  projects:
    checkout: https://pub1:sec1@errors.example.com/23
- name: Web
  projects:
    storefront: https://pub2:sec2@errors.example.com/35
`;

let here: Installation;
let file: string;
const write = (text: string) => writeFile(file, text);
const slipway = (args: string[], more: Parameters<Installation['slipway']>[1] = {}) =>
  here.slipway(args, { ...more, env: { ADMIN_PASSWORD: 'a good password', ...more.env } });

beforeAll(async () => {
  here = await createInstallation();
  file = join(here.home, 'fixtures.yml');
  await write(seed);
});
afterAll(() => here.close());

test('without a server: what is wrong with a file, all at once, with its places', async () => {
  const fine = await slipway(['fixtures', 'validate', file, '--url-prefix', prefix]);
  expect(fine).toMatchObject({ code: 0, stdout: `${file} is valid: 2 teams, 2 projects, 1 admin\n` });

  await write(
    seed.replace('/35', '/23').replace(':sec1@', '@').replace('errors.example.com/23', 'elsewhere/23'),
  );
  const broken = await slipway(['fixtures', 'validate', file, '--url-prefix', prefix]);
  expect(broken.code).toBe(2);
  expect(
    broken.stdout.split('\n').filter((line) => line.startsWith(`${file}:`)).length,
  ).toBeGreaterThanOrEqual(3);
  expect(broken.stdout).toMatch(/project_id 23 is already used by team "Payments", project "checkout"/);
  expect(broken.stdout + broken.stderr).not.toMatch(/sec2|a good password/);
  await write(seed);
  expect((await slipway(['fixtures', 'validate', file])).stdout).toMatch(/SLIPWAY_URL_PREFIX/);
  expect((await slipway(['fixtures', 'plan', file])).code).toBe(2);
});

test('on start: a server that begins with a file has what it says, and the next start changes nothing', async () => {
  const env = { ...settings, SLIPWAY_FIXTURES: file, ADMIN_PASSWORD: 'a good password' };
  await here.up({ env });
  const anybody = createClient({ baseUrl: await here.url(), headers: {} });
  const body = { username: 'admin@example.com', password: 'a good password' };
  const { user } = await anybody.call(api.signIn, { body });
  expect(user).toMatchObject({ username: 'admin', role: 'owner', teams: ['payments', 'web'] });
  expect((await slipway(['projects', 'show', 'checkout', '--dsn'])).stdout).toBe(
    'https://pub1@errors.example.com/23\n',
  );
  expect((await slipway(['projects', 'show', 'checkout', '--dsn', '--secret'])).stdout).toBe(
    'https://pub1:sec1@errors.example.com/23\n',
  );
  await here.down();
  await here.up({ env });
  expect(
    (await slipway(['audit', '--action', 'configuration.', '--json'])).stdout.match(/"id"/g),
  ).toHaveLength(1);
});

test('plan and apply: the difference, exit codes, skips, and nothing the second time', async () => {
  expect(await slipway(['fixtures', 'plan', file])).toMatchObject({
    code: 0,
    stdout: `${file}: nothing to change\n`,
  });
  await write(
    seed
      .replace('- name: Web\n', '- name: Web\n')
      .replace('/35', '/36')
      .replace('sec1', 'sec9')
      .concat('    checklist: https://pub3:sec3@errors.example.com/40\n'),
  );
  const planned = await slipway(['fixtures', 'plan', file]);
  expect(planned.code).toBe(4);
  expect(planned.stdout).toMatch(/^~ project +checkout in Payments\n {4}secret_key: changes \(not shown\)$/m);
  expect(planned.stdout).toMatch(/^[→>] project +storefront in Web\n {4}id: 35 (→|->) 36$/m);
  expect(planned.stdout).toMatch(/^\+ project +checklist in Web$/m);
  expect(planned.stdout).toMatch(/fixtures\.yml: 1 to create, 1 to change, 1 to renumber$/m);
  expect(planned.stdout).not.toMatch(/sec[0-9]/);
  const asJson = await slipway(['fixtures', 'plan', file, '--json']);
  expect(asJson.code).toBe(4);
  expect(JSON.parse(asJson.stdout).counts).toMatchObject({ create: 1, change: 1, renumber: 1 });

  const applied = await slipway(['fixtures', 'apply', file]);
  expect(applied).toMatchObject({ code: 0 });
  expect(applied.stdout).toBe(
    planned.stdout
      .replace('to create', 'created')
      .replace('to change', 'changed')
      .replace('to renumber', 'renumbered'),
  );
  expect((await slipway(['fixtures', 'apply', file])).stdout).toMatch(/nothing has changed/);

  await write(seed.replace('/35', '/40'));
  const skipping = await slipway(['fixtures', 'apply', file]);
  expect(skipping.code).toBe(3);
  expect(skipping.stdout).toMatch(/^! project +storefront in Web$/m);
  expect(skipping.stdout).toMatch(
    /fixtures\.yml:\d+: project "storefront" has the id 36, and the id 40 belongs to/,
  );
});

test('a missing variable, a file that is not there, standard input, and an export', async () => {
  const unset = await here.slipway(['fixtures', 'plan', file]);
  expect(unset.code).toBe(2);
  expect(unset.stderr).toMatch(/fixtures\.yml:5:\d+ .*ADMIN_PASSWORD/);
  expect((await slipway(['fixtures', 'plan', join(here.home, 'nothing.yml')])).stderr).toMatch(
    /there is no file/,
  );
  const { stdout: exported } = await slipway(['fixtures', 'export']);
  expect(exported).not.toMatch(/sec[0-9]/);
  expect(await slipway(['fixtures', 'plan', '-'], { input: exported })).toMatchObject({ code: 0 });
  expect((await slipway(['fixtures', 'export', '--secrets'])).stdout).toMatch(/https:\/\/pub1:sec1@/);
  const piped = start('bash', ['-c', `${script} fixtures plan <(cat "$1")`, 'bash', file], {
    ...here.environment,
    ADMIN_PASSWORD: 'a good password',
  });
  expect((await piped.finished).stdout).toMatch(/\/dev\/fd\/\d+: /);
  expect(await slipway(['fixtures', 'plan', '-'], { input: '' })).toMatchObject({ code: 2 });
  const nameless = await slipway(['fixtures', 'plan', '-', '--prune'], { input: exported });
  expect(nameless).toMatchObject({ code: 2, stderr: expect.stringMatching(/stdin is no name .* --as NAME/) });
  const named = await slipway(['fixtures', 'plan', '-', '--prune', '--as', 'one.yml'], { input: exported });
  expect(named).toMatchObject({ code: 0 });
});

test('a running server notices its changed file, and applies it when told to', async () => {
  await write(seed.replace('name: Payments', 'name: Tills'));
  await vi.waitFor(async () => expect((await slipway(['plan', '--pending'])).code).toBe(4), {
    timeout: 150_000,
  });
  const pending = await slipway(['plan', '--pending']);
  expect(pending.stdout).toMatch(/^\+ team +Tills$/m);
  expect((await slipway(['apply', '--pending'])).stdout).toMatch(/created/);
  expect((await slipway(['teams', 'list'])).stdout).toMatch(/tills/);
  await write('teams: [');
  const broken = await slipway(['plan', '--pending']);
  expect(broken.code).toBe(2);
  expect(broken.stdout).toMatch(/fixtures\.yml has problems/);
});

test('with --watch a changed file is applied by itself', async () => {
  await write(seed);
  await here.down();
  await here.up({
    args: ['--watch', '--fixtures', file],
    env: { ...settings, ADMIN_PASSWORD: 'a good password' },
  });
  await write(seed.concat('- name: Watched\n'));
  await vi.waitFor(async () => expect((await slipway(['teams', 'list'])).stdout).toMatch(/watched/), {
    timeout: 150_000,
  });
});

test('a server does not start with a file that has problems, and says all of them', async () => {
  await here.down();
  await write(seed.replace('/35', '/0').replace('/23', '/x'));
  const starting = here.start(['up', '--fixtures', file], { env: { ...settings, ADMIN_PASSWORD: 'x' } });
  const { code, stderr } = await starting.finished;
  expect(code).toBe(2);
  expect(stderr.match(/fixtures\.yml:\d+:\d+ /g)).toHaveLength(2);
});
