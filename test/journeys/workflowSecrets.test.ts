import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../harness/api.ts';
import { createInstallation, type Installation } from '../harness/installation.ts';
import { prepareWorkflowValues } from '../harness/workflowValues.ts';

let server: TestApi;
let here: Installation;
let values: Awaited<ReturnType<typeof prepareWorkflowValues>>;
beforeAll(async () => {
  [server, here] = await Promise.all([createTestApi(), createInstallation()]);
  values = await prepareWorkflowValues(server);
});
afterAll(async () => {
  await Promise.all([server.close(), here.close()]);
});

const slipway = (line: string, input = '') =>
  here.slipway(line.split(' '), {
    input,
    env: { SLIPWAY_URL: server.address, SLIPWAY_TOKEN: server.machineToken },
  });

test('a secret of a repository is stored from standard input, listed without its value, and deleted', async () => {
  expect(await slipway('secrets set npm_token --repository harbor', 'for-harbor-alone\n')).toEqual({
    code: 0,
    stdout: 'NPM_TOKEN of harbor is stored; workflows read it as ${{ secrets.NPM_TOKEN }}\n',
    stderr: '',
  });
  expect((await slipway('secrets set NPM_TOKEN --organization', 'for everybody')).code).toBe(0);
  expect((await values.secretsOf('harbor')).NPM_TOKEN).toBe('for-harbor-alone');
  expect((await values.secretsOf('ferry')).NPM_TOKEN).toBe('for everybody');
  const listed = await slipway('secrets --repository harbor');
  expect(listed.stdout).toMatch(/^NPM_TOKEN +harbor +/m);
  expect(listed.stdout).toMatch(/^NPM_TOKEN +organization \(overridden\) +/m);
  expect(listed.stdout).not.toContain('alone');
  // Those of deploys are others, and stored as before.
  expect((await slipway('secrets')).stdout).toContain('no secret is stored');
  expect((await slipway('secrets set harbor-token', 'of a deploy')).stdout).toContain(
    '${secret:harbor-token}',
  );
  expect((await slipway('secrets delete npm_token --repository harbor')).stdout).toBe(
    'npm_token of harbor is deleted\n',
  );
  expect((await values.secretsOf('harbor')).NPM_TOKEN).toBe('for everybody');
});

test('a .env file is imported whole or not at all', async () => {
  const file = join(here.home, 'ci.env');
  const key = '-----BEGIN KEY-----\nMIIEvQ==\n-----END KEY-----\n';
  await writeFile(file, `# of CI\nAPI_KEY='long enough'\nSSH_KEY="${key}"\nGITHUB_TOKEN=x\nNO=abc\n`);
  const refused = await here.slipway(['secrets', 'import', file, '--repository', 'harbor'], {
    env: { SLIPWAY_URL: server.address, SLIPWAY_TOKEN: server.machineToken },
  });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`${file}:7 GITHUB_TOKEN starts with GITHUB_`);
  expect(refused.stderr).toContain(`${file}:8 NO has less than 4 bytes`);
  expect(await values.secretsOf('harbor')).not.toHaveProperty('API_KEY');
  const good = (await readFile(file, 'utf8')).replace(/GITHUB_TOKEN.*\nNO.*\n/, '');
  expect((await slipway('secrets import - --repository harbor --environment production', good)).stdout).toBe(
    'harbor/production: new: API_KEY, SSH_KEY\n',
  );
  expect(await values.secretsOf('harbor', 'production')).toMatchObject({
    API_KEY: 'long enough',
    SSH_KEY: key,
  });
  expect((await slipway('variables import - --organization', 'A=1\n')).stdout).toBe('organization: new: A\n');
  expect((await slipway('variables import - --organization', 'A=2\nB=\n')).stdout).toBe(
    'organization: new: B; replaced: A\n',
  );
});

test('variables are shown, and environments have rules', async () => {
  expect((await slipway('variables set REGION eu-north --repository harbor')).stdout).toBe(
    'REGION of harbor is set; workflows read it as ${{ vars.REGION }}\n',
  );
  await slipway('variables set region --repository harbor --environment production', 'eu-south\n');
  const listed = await slipway('variables --repository harbor --environment production');
  expect(listed.stdout).toMatch(/^REGION +eu-south +harbor\/Production +/m);
  expect(listed.stdout).toMatch(/^REGION +eu-north +harbor \(overridden\) +/m);
  await slipway('variables delete REGION --repository harbor --environment production');
  expect((await values.variablesOf('harbor', 'production')).REGION).toBe('eu-north');

  const set = await slipway(
    'environments set production --repository harbor --wait 1h30m --reviewer web --branch main --branch release/**',
  );
  expect(set.stdout).toBe('Production of harbor: wait 90 min; approval by web; branches main, release/**\n');
  expect(
    (await slipway('environments set production --repository harbor --wait 0m --any-branch')).stdout,
  ).toBe('Production of harbor: approval by web\n');
  expect((await slipway('environments set production --repository harbor --approval none')).stdout).toBe(
    'Production of harbor: no rules\n',
  );
  expect((await slipway('environments --repository harbor')).stdout).toMatch(
    /^harbor +Production +- +- +all +\d +0$/m,
  );
  const kept = await slipway('environments delete production --repository harbor');
  expect(kept).toMatchObject({ code: 2, stdout: '' });
  expect(kept.stderr).toContain('add --confirm Production, or --yes');
  expect((await slipway('environments delete production --repository harbor --yes')).stdout).toBe(
    'environment Production of harbor is deleted\n',
  );
});

test('what was left out is told with what to add', async () => {
  const told: [line: string, message: string][] = [
    ['secrets set X --environment production', 'name that too: --repository REPOSITORY'],
    ['secrets import x.env', 'say whose secrets they are: --repository REPOSITORY'],
    ['secrets import x.env --organization', 'x.env cannot be read (ENOENT)'],
    ['variables set X 1', 'say whose variable it is: --repository REPOSITORY'],
    ['secrets set X --repository harbor --organization', "cannot be used with option '--"],
    ['environments set x', '--repository'],
    ['environments set x --repository harbor --wait 90s', 'environments wait whole minutes'],
    ['environments delete x --repository harbor', 'harbor has no environment "x" for workflows'],
    ['secrets set 1X --repository harbor', 'starts with a digit'],
    ['secrets set KEY=hunter2 --repository harbor', 'the name stands alone: slipway secrets set KEY asks'],
    ['variables set X=1 --repository harbor', 'the name stands alone: slipway variables set X VALUE'],
  ];
  for (const [line, message] of told) {
    const { code, stdout, stderr } = await slipway(line, 'long enough');
    expect({ line, code, stdout }).toEqual({ line, code: 2, stdout: '' });
    expect(stderr).toContain(message);
  }
});
