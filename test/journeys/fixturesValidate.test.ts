import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInstallation, type Installation } from '../harness/installation.ts';

let here: Installation;
let directory: string;

beforeAll(async () => {
  here = await createInstallation();
  directory = await mkdtemp(join(here.home, 'files-'));
});

afterAll(async () => {
  await here.close();
  await rm(directory, { recursive: true, force: true });
});

const fixtures = `admin: { username: admin, email: admin@example.com, password: "\${PASSWORD}" }
teams:
  - name: Payments
    projects:
      checkout: https://pub1:\${SECRET}@errors.example.com/23
  - name: Web
    projects:
      - { name: storefront, dsn: https://pub2@errors.example.com/35 }
`;
const urlPrefix = ['--url-prefix', 'https://errors.example.com'];
const env = { PASSWORD: 'hunter2', SECRET: 'hunter3' };

async function validate(text: string | Buffer, args: readonly string[] = urlPrefix, variables = env) {
  await writeFile(join(directory, 'fixtures.yml'), text);
  return here.slipway(['fixtures', 'validate', 'fixtures.yml', ...args], { cwd: directory, env: variables });
}

test('a fixture file is checked without a server', async () => {
  expect(await validate(fixtures)).toEqual({
    code: 0,
    stdout: 'fixtures.yml is valid: 2 teams, 2 projects, 1 admin\n',
    stderr:
      'fixtures.yml:1:53 admin: `password` has less than 10 characters; a longer one is hard to guess (warning)\n',
  });

  const wrong = fixtures.replace('/35', '/023').replace('example.com/23', 'example.org/23');
  expect(await validate(wrong)).toEqual({
    code: 2,
    stdout: [
      'fixtures.yml:5:17 team "Payments", project "checkout": its hostname is `errors.example.org`, but that of url_prefix is `errors.example.com` (https://errors.example.com)',
      'fixtures.yml:8:9 team "Web", project "storefront": project_id 023 is already used by team "Payments", project "checkout" (line 5)',
      '',
    ].join('\n'),
    stderr: 'fixtures.yml has 2 problems\n',
  });
});

test('the address comes from the option, the environment or the server, and must come from somewhere', async () => {
  const nowhere = await validate(fixtures, []);
  expect(nowhere.code).toBe(2);
  expect(nowhere.stdout).toContain('url_prefix is not set');
  expect(nowhere.stdout).toContain('SLIPWAY_URL_PREFIX');
  expect(nowhere.stdout).toContain('--url-prefix');

  const variables = { ...env, SLIPWAY_URL_PREFIX: 'https://errors.example.com' };
  expect((await validate(fixtures, [], variables)).code).toBe(0);
  expect((await validate(fixtures, ['--url-prefix', 'https://elsewhere.example'], variables)).code).toBe(2);

  const unusable = await validate(fixtures, ['--url-prefix', 'errors']);
  expect(unusable.code).toBe(2);
  expect(unusable.stderr).toContain('It is an address such as https://errors.example.com');

  await here.up({ env: { SLIPWAY_URL_PREFIX: 'https://errors.example.com' } });
  expect((await validate(fixtures, [])).code).toBe(0);
  await here.down();
});

test('scripts read JSON, and may write to standard input', async () => {
  const valid = await here.slipway(['fixtures', 'validate', '-', '--json', ...urlPrefix], {
    input: fixtures,
    env,
  });
  expect(JSON.parse(valid.stdout)).toMatchObject({
    valid: true,
    problems: [],
    warnings: [{ file: 'stdin', line: 1, path: 'admin.password' }],
    counts: { teams: 2, projects: 2, admins: 1, repositories: 0, apps: 0 },
  });

  const invalid = await validate('teams:\n- name:\n', ['--json']);
  expect(invalid.code).toBe(2);
  expect(JSON.parse(invalid.stdout)).toEqual({
    valid: false,
    problems: [
      {
        file: 'fixtures.yml',
        line: 2,
        column: 3,
        path: 'teams[0].name',
        message: 'team number 1: `name` is empty',
      },
    ],
    warnings: [],
    counts: null,
  });

  const endless = await here.slipway(['fixtures', 'validate', '-'], {
    input: Buffer.alloc(17 * 1024 * 1024, '#'),
  });
  expect(endless).toMatchObject({ code: 2, stdout: '' });
  expect(endless.stderr).toContain('stdin has more than 16777216 bytes');
});

test('what cannot be read is told in its own words, and secrets never', async () => {
  const missing = await here.slipway(['fixtures', 'validate', 'none.yml'], { cwd: directory });
  expect(missing).toMatchObject({ code: 2, stderr: 'slipway: there is no file none.yml\n' });
  const latin1 = await validate(Buffer.from('a: 1\nb: \xfc', 'latin1'));
  expect(latin1.stderr).toContain('fixtures.yml:2:4 the file is not UTF-8 from here on');

  const unset = await here.slipway(['fixtures', 'validate', 'fixtures.yml', ...urlPrefix], {
    cwd: directory,
  });
  expect(unset.code).toBe(2);
  const broken = await validate(fixtures.replace('checkout: ', 'checkout ').replace('/35', '/0'));
  expect(broken.code).toBe(2);
  expect(broken.stdout + broken.stderr).not.toContain('hunter');
});
