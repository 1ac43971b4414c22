import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRepository, type Repository } from '../harness/git.ts';
import { createInstallation, type Installation, start } from '../harness/installation.ts';

let here: Installation;
let repository: Repository;

beforeAll(async () => {
  here = await createInstallation();
  repository = await createRepository();
  await repository.commit({ message: 'Add tide tables', files: { 'web/tides': 'high' } });
  await repository.commit({ message: 'Explain the tides (#7)', files: { 'docs/tides': 'why' } });
});

afterAll(async () => {
  await here.close();
  await repository[Symbol.asyncDispose]();
});

test('a newcomer: not running, then up, apply, changes, deploy, status, rollback', async () => {
  const before = await here.slipway(['status']);
  expect(before).toMatchObject({ code: 2, stdout: '' });
  expect(before.stderr).toContain('Slipway is not running here; start it with: slipway up');

  const sick = await here.slipway(['doctor']);
  expect(sick.code).toBe(4);
  expect(sick.stdout).toMatch(/^ok +git +\d/m);
  expect(sick.stdout).toMatch(/^missing +slipway +Slipway is not running here/m);

  await here.up();
  expect((await here.slipway(['status'])).stdout).toContain('no app is declared yet');
  await here.apply(configuration());

  const changes = await here.slipway(['changes', 'harbor', 'staging', '--fetch', '--exit-code']);
  expect(changes.code).toBe(4);
  expect(changes.stdout).toContain('harbor → staging: the first deploy here: 2 commits');
  expect(changes.stdout).toMatch(/^\(\+\) .*Explain the tides \(#7\)/m);

  const shipped = await here.slipway(['deploy', 'harbor', 'staging', '--follow']);
  expect(shipped.code).toBe(0);
  expect(shipped.stdout).toContain('released Explain the tides (#7)\n');
  expect(shipped.stdout).toMatch(/✓ harbor\/staging#1 succeeded in .* s: .* is live in harbor\/staging/);

  const status = await here.slipway(['status', 'harbor']);
  expect(status.stdout).toMatch(/harbor +staging +[0-9a-f]{8} +Explain the tides \(#7\) .* #1$/m);

  await repository.commit({ message: 'Lower the tides', files: { 'web/tides': 'low' } });
  expect((await here.slipway(['deploy', 'harbor/staging', 'main', '-f'])).stdout).toContain(
    '1 commit goes out',
  );
  expect((await here.slipway(['changes', 'harbor', 'staging', ':previous'])).stdout).toContain(
    'goes back 1 commit ',
  );
  const back = await here.slipway(['rollback', 'harbor', 'staging', '--follow', '--lock', 'low tide']);
  expect(back.code).toBe(0);
  expect(back.stdout).toContain('✓ harbor/staging#3 succeeded');
  expect((await here.slipway(['unlock', 'harbor/staging'])).stdout).toBe('unlocked harbor/staging\n');

  const healthy = await here.slipway(['doctor', '--json']);
  expect(healthy.code).toBe(0);
  expect(JSON.parse(healthy.stdout).items).toContainEqual(
    expect.objectContaining({ name: 'slipway', state: 'ok' }),
  );
});

test('a lock holds a deploy: exit 3, why, and unlock --start', async () => {
  await here.slipway(['lock', 'harbor', 'held', '--reason', 'incident 42', '--for', '2h']);
  const waiting = await here.slipway(['deploy', 'harbor', 'held', '--no-fetch']);
  expect(waiting.code).toBe(3);
  expect(waiting.stdout).toContain('harbor/held#1 waits');
  expect(waiting.stdout).toContain('incident 42');
  expect(waiting.stdout).toContain('slipway unlock harbor held --start');

  const why = await here.slipway(['why', 'harbor/held']);
  expect(why).toMatchObject({ code: 0 });
  expect(why.stdout).toMatch(
    /harbor\/held#1 is queued, and waits:\n {2}1\. harbor\/held is locked by .*incident 42/,
  );

  const unlocked = await here.slipway(['unlock', 'harbor', 'held', '--start']);
  expect(unlocked.stdout).toBe('unlocked harbor/held\n  harbor/held#1 starts\n');
  expect((await here.slipway(['logs', '-f', 'harbor/held'])).code).toBe(0);
});

test('a failed deploy and a cancelled one exit with 4', async () => {
  const failed = await here.slipway(['deploy', 'harbor', 'broken', '-f']);
  expect(failed.code).toBe(4);
  expect(failed.stdout).toMatch(/✗ harbor\/broken#1 failed after .*exit code 3/);

  const following = here.start(['deploy', 'harbor', 'gated', '-f']);
  await vi.waitFor(() => expect(following.printed()).toContain('at the gate'), { timeout: 60_000 });
  const cancelled = await here.slipway(['cancel', 'harbor/gated']);
  expect(cancelled.stdout).toContain('is being cancelled');
  expect((await following.finished).code).toBe(4);
});

test('Ctrl-C ends the following only, with 130', async () => {
  const following = here.start(['deploy', 'harbor', 'gated', '-f']);
  await vi.waitFor(() => expect(following.printed()).toContain('at the gate'), { timeout: 60_000 });
  following.child.kill('SIGINT');
  const { code, stderr } = await following.finished;
  expect(code).toBe(130);
  const name = /(harbor\/gated#\d) goes on without you/.exec(stderr)?.[1] ?? '';
  expect(stderr).toContain(`slipway cancel ${name}`);
  await writeFile(join(here.home, 'gate'), '');
  expect((await here.slipway(['logs', name, '-f'])).code).toBe(0);
});

test('problems of a slipway.yml come with their places, and nothing is written', async () => {
  const file = join(here.home, 'bad.yml');
  await writeFile(file, 'repositories:\n  x:\n    ulr: /tmp/x\napps: {}\n');
  const applied = await here.slipway(['apply', file]);
  expect(applied).toMatchObject({ code: 2, stdout: '' });
  expect(applied.stderr).toContain(`${file}:3:5 unknown key \`ulr\`; did you mean \`url\`?`);
});

test('--json prints the document and nothing else; problems are documents too', async () => {
  const commands = [
    ['apps'],
    ['status'],
    ['changes', 'harbor', 'staging'],
    ['deploys', '--limit', '2'],
    ['show', 'harbor/staging'],
    ['why', 'harbor/staging'],
    ['stats', 'harbor', '--days', '3'],
    ['locks'],
    ['repos'],
    ['repos', 'refs', 'harbor'],
    ['users'],
    ['teams'],
    ['teams', 'show', 'harbor'],
    ['projects'],
    ['token'],
    ['secrets'],
    ['secrets', 'list', '--organization'],
    ['variables'],
    ['environments'],
    ['audit', '--limit', '3'],
    ['whoami'],
    ['version'],
  ];
  const answers = await Promise.all(commands.map((command) => here.slipway([...command, '--json'])));
  for (const [index, { code, stdout, stderr }] of answers.entries()) {
    expect({ command: commands[index], code, stderr }).toEqual({
      command: commands[index],
      code: 0,
      stderr: '',
    });
    expect(JSON.parse(stdout)).toBeTypeOf('object');
  }
  const missing = await here.slipway(['show', 'harbor/staging#99', '--json']);
  expect(missing).toMatchObject({ code: 2, stdout: '' });
  expect(JSON.parse(missing.stderr)).toMatchObject({ status: 404, code: 'not_found' });
  const wrong = await here.slipway(['shwo', '--json']);
  expect(JSON.parse(wrong.stderr)).toMatchObject({ code: 'invalid_input' });
});

test('sign in elsewhere with a password, work, sign out', async () => {
  const password = 'correct horse battery';
  await here.slipway(['users', 'add', 'ann', '--role', 'admin', '--password'], { input: `${password}\n` });
  const url = await here.url();
  const elsewhere = { SLIPWAY_DATA_DIR: join(here.home, 'nothing-here') };

  expect((await here.slipway(['whoami'], { env: { ...elsewhere, SLIPWAY_URL: url } })).stderr).toContain(
    `slipway login ${url}`,
  );
  const wrong = await here.slipway(['login', url, '--user', 'ann'], { env: elsewhere, input: 'wrong' });
  expect(wrong).toMatchObject({ code: 2 });
  const login = await here.slipway(['login', url, '--user', 'ann'], { env: elsewhere, input: password });
  expect(login).toMatchObject({ code: 0, stdout: `signed in to ${url} as ann (admin)\n` });

  const file = join(here.home, 'config', 'slipway', 'credentials.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).not.toContain(password);
  expect((await here.slipway(['whoami'], { env: elsewhere })).stdout).toContain(`ann at ${url}`);

  await here.slipway(['logout'], { env: elsewhere });
  expect((await here.slipway(['token', 'list', '--all', '--json'])).stdout).not.toContain('slipway login on');
  expect((await here.slipway(['whoami'], { env: elsewhere })).code).toBe(2);
});

test('completion knows apps, environments, refs and deploys, and is silent when it cannot', async () => {
  const complete = async (...words: string[]) => (await here.slipway(['__complete', '--', ...words])).stdout;
  expect(await complete('dep')).toContain('deploy\tship it');
  expect(await complete('deploy', '')).toMatch(/^harbor\t/);
  expect(await complete('deploy', 'harbor', 'st')).toMatch(/^staging\t/);
  expect(await complete('deploy', 'harbor', 'staging', 'm')).toMatch(/^main\t/);
  expect(await complete('logs', 'harbor/st')).toContain('harbor/staging#1\t');
  const silent = await here.slipway(['__complete', '--', 'deploy', ''], {
    env: { SLIPWAY_URL: 'http://127.0.0.1:9' },
  });
  expect(silent).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('bash completes with the script, also what holds a colon', async () => {
  const bash = `
    eval "$(slipway completion bash)"
    try() { COMP_LINE="$1"; COMP_POINT=\${#1}; _slipway; printf '%s\\n' "\${COMPREPLY[@]}"; }
    try "slipway deploy harbor staging :pr"
    try "slipway logs harbor/held"
  `;
  const env = {
    PATH: `${join(import.meta.dirname, '../../bin')}:${process.env.PATH}`,
    SLIPWAY_DATA_DIR: here.dataDir,
  };
  const { stdout } = await start('bash', ['-c', bash], { ...env, HOME: here.home }).finished;
  expect(stdout).toBe('previous\nharbor/held#1\n');
});

test('on a terminal: asks, shows progress below the log, and colours', async () => {
  await rm(join(here.home, 'gate'), { force: true });
  const slipway = join(import.meta.dirname, '../../bin/slipway');
  const command = `stty cols 100; ${slipway} deploy harbor gated --force again --follow`;
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: here.home,
    SLIPWAY_DATA_DIR: here.dataDir,
    TERM: 'xterm',
  };
  const deploying = start('script', ['-qec', command, '/dev/null'], env, { input: 'y' });
  await vi.waitFor(() => expect(deploying.printed()).toMatch(/[█░]{10,} +\d+ % {2}2\/2 Wait/), {
    timeout: 60_000,
  });
  await writeFile(join(here.home, 'gate'), '');
  const { stdout } = await deploying.finished;
  expect(stdout).toContain('Ship it to harbor/gated?');
  expect(stdout).toContain('\u001b[32m✓ harbor/gated#3 succeeded');
});

function configuration() {
  const step = (name: string, run: string, ...only: string[]) => ({
    name,
    run,
    ...(only.length > 0 ? { only } : {}),
  });
  return {
    repositories: { harbor: { url: repository.directory, fetch_every: 0 } },
    apps: {
      harbor: {
        repository: 'harbor',
        team: 'harbor',
        paths: ['**', '!docs/**'],
        env: { GATE: join(here.home, 'gate') },
        steps: [
          step('Release', 'echo "released $(git log -1 --format=%s)"'),
          step('Wait', 'echo at the gate; until [ -e "$GATE" ]; do sleep 0.05; done', 'gated'),
          step('Break', 'exit 3', 'broken'),
        ],
        environments: { staging: {}, held: {}, gated: {}, broken: {} },
      },
    },
  };
}
