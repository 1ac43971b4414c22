import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../src/contract/index.ts';
import { startRunnerProcess } from '../harness/runnerProcess.ts';
import { scoped } from '../harness/scoped.ts';
import { createShip, eventually, type Ship } from '../harness/ship.ts';
import { findProcesses } from '../soak/processes.ts';

let ship: Ship;
beforeAll(async () => {
  ship = await createShip();
});
afterAll(() => ship.close());

const lastLine = (log: string) => log.trimEnd().split('\n').at(-1) ?? '';

/** Runs one step in staging, whatever becomes of it. */
async function runInStaging(app: Record<string, unknown>) {
  await ship.configure({ app });
  const deploy = await ship.deploy('staging', await ship.push());
  return ship.until(deploy, 'succeeded', 'failed');
}

const step = (run: string) => [{ name: 'Release', run }];

/** Does not end when asked to, and neither does the daemon that it leaves behind. */
const stubborn = (tree: string, loop: string) => `
export TREE=${tree}
trap '' TERM
(trap '' TERM; setsid sleep 900 &)
echo started
${loop}
`;

test('a deploy beyond its time, or silent for too long, ends with its whole tree and says which limit it was', async () => {
  const tree = join(ship.scratch, 'tree');
  await ship.configure({
    environments: {
      // Long enough for the checkout on a busy machine.
      staging: { timeout: 4, steps: step(stubborn(tree, 'while :; do echo busy; sleep 0.1; done')) },
      production: { silence_timeout: 1, steps: step(stubborn(tree, 'while :; do sleep 0.1; done')) },
    },
  });
  await ship.push();
  const [long, silent] = [await ship.deploy('staging'), await ship.deploy('production')];
  const ended = await Promise.all([long, silent].map((deploy) => ship.until(deploy, 'failed')));
  expect(ended[0]?.result).toMatch(
    /^step 1 "Release": the deploy took longer than its limit of 4 s \(after 1[1-5]\.\d s\)$/,
  );
  expect(ended[1]?.result).toMatch(
    /^step 1 "Release": stopped: no output for 1 s, the limit for silence \(after 1[123]\.\d s\)$/,
  );
  for (const [index, deploy] of [long, silent].entries()) {
    expect(lastLine(await ship.log(deploy))).toContain(ended[index]?.result);
  }
  expect(findProcesses(({ environment }) => environment.includes(`TREE=${tree}`))).toEqual([]);
});

test('waiting for a healthy page counts as part of the time that a deploy may take', async () => {
  await ship.configure({
    app: { timeout: 4, steps: step('echo done') },
    environments: { staging: { health: { url: 'http://127.0.0.1:1/', timeout: '10m' } } },
  });
  const failed = await ship.until(await ship.deploy('staging', await ship.push()), 'failed');
  expect(failed.result).toMatch(
    /^verification failed: the deploy took longer than its limit of 4 s; http:\/\/127\.0\.0\.1:1\/ was not healthy/,
  );
  expect(lastLine(await ship.log(failed))).toContain(failed.result);
});

test('a release whose health page never shows its commit is not live', async () => {
  const page = createServer((_request, response) => response.end('still the old one'));
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
  await scoped(
    Promise.resolve({
      [Symbol.asyncDispose]: () => new Promise<void>((resolve) => page.close(() => resolve())),
    }),
  );
  const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/health`;
  const before = await ship.liveSha('staging');
  await ship.configure({
    app: { steps: step('echo done') },
    environments: { staging: { health: { url, timeout: 1, contains_sha: true } } },
  });
  const deploy = await ship.deploy('staging', await ship.push());
  const failed = await ship.until(deploy, 'failed');
  expect(failed.result).toContain(
    `verification failed: ${url} was not healthy within 1 s: it does not show ${deploy.short_sha} yet`,
  );
  expect(await ship.liveSha('staging')).toBe(before);
});

test('a secret that is too short to be masked is not taken', async () => {
  const set = (value: string) =>
    ship.client.call(api.setSecret, { params: { name: 'short' }, body: { value } });
  await expect(set(' abc\n')).rejects.toThrow('less than 4 bytes cannot be masked');
  await set('abcd');
});

test('a secret is masked in the log though it is written in pieces', async () => {
  const secret = 'correct-horse-battery';
  await ship.client.call(api.setSecret, { params: { name: 'pass' }, body: { value: secret } });
  const run = `
for (( i = 0; i < \${#PASS}; i++ )); do printf '%s' "\${PASS:i:1}"; done; echo
printf 'url https://x:corr'; printf 'ect-horse-'; printf 'battery@host\\n'
echo "$PASS" | base64
`;
  const deploy = await runInStaging({ secrets: { PASS: `\${secret:pass}` }, steps: step(run) });
  const log = await ship.log(deploy);
  expect(log).toContain('\n***\nurl https://x:***@host\n***');
  expect(log).not.toContain('horse');
  expect(deploy.state).toBe('succeeded');
});

test('a secret that is not set fails the deploy before anything runs, and says how to set it', async () => {
  const deploy = await runInStaging({
    secrets: { TOKEN: `\${secret:nowhere}` },
    steps: step('echo ran'),
  });
  const message = 'the secret "nowhere" is not set; set it with: slipway secrets set nowhere';
  expect(deploy).toMatchObject({ state: 'failed', result: message });
  expect(deploy.steps.map(({ state }) => state)).toEqual(['skipped']);
  expect(lastLine(await ship.log(deploy))).toBe(message);
});

test('a step sees nothing of what Slipway itself was started with', async () => {
  await ship.configure({ app: { steps: step('env | sort') } });
  await ship.runner?.stop('a real one takes over');
  const keys = {
    SLIPWAY_SECRET_KEY: '0123456789abcdef'.repeat(4),
    SOME_TOKEN: 'not for steps',
    NODE_OPTIONS: '',
  };
  const runner = await startRunnerProcess(ship.api, keys);
  const deploy = await ship.ship('staging', await ship.push());
  const names = [...(await ship.log(deploy)).matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  const own = ['APP', 'DEPLOY_URL', 'ENVIRONMENT', 'NUMBER', 'PREVIOUS_SHA', 'REF', 'SHA', 'STEP'];
  const inherited = ['HOME', 'LANG', 'LOGNAME', 'PATH', 'SHELL', 'USER'];
  const shell = ['OLDPWD', 'PWD', 'SHLVL', 'TMPDIR', '_'];
  expect(names.filter((name) => !shell.includes(name ?? ''))).toEqual(
    [...inherited, ...own.map((name) => `SLIPWAY_${name}`)].sort(),
  );
  await runner[Symbol.asyncDispose]();
  await ship.startRunner();
  await eventually(
    'the runner takes over',
    async () => (await ship.client.call(api.listRunners, {})).items.length > 0,
  );
});
