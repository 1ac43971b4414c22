import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { detectIsolation } from './isolation.ts';
import { findMarked, killMarked, type MarkedEntry } from './killMarked.ts';

const { mode } = await detectIsolation();
const isRoot = process.getuid?.() === 0;
const hosts: ChildProcess[] = [];

afterEach(async () => {
  for (const host of hosts.splice(0)) host.kill('SIGKILL');
  await killMarked(`host-${process.pid}/`);
});

describe('when the runner itself is killed with kill -9', () => {
  test.skipIf(mode !== 'namespace')('the kernel ends everything in a namespace', async () => {
    const marker = `host-${process.pid}/namespace`;
    const host = await hostWithTree('namespace', marker);
    expect((await marked(marker)).length).toBeGreaterThanOrEqual(4);
    host.kill('SIGKILL');
    await expect.poll(() => marked(marker), { interval: 5, timeout: 60_000 }).toEqual([]);
  });

  test('the main process of a group dies, and the sweep finds what called setsid', async () => {
    const marker = `host-${process.pid}/group`;
    const host = await hostWithTree('process-group', marker);
    host.kill('SIGKILL');
    const commands = async () => (await Promise.all((await marked(marker)).map(commandOf))).join();
    await expect.poll(commands, { interval: 5, timeout: 60_000 }).not.toContain('sh -c');
    const sweep = await killMarked(`host-${process.pid}/gr`);
    expect(sweep.killed.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['sleep 71', 'sleep 72']),
    );
    expect(sweep.unkilled).toEqual([]);
    expect(await marked(marker)).toEqual([]);
  });
});

test('a sweep leaves the steps of others alone, and refuses to take all', async () => {
  const marker = `host-${process.pid}/other`;
  await hostWithTree('process-group', marker);
  expect((await killMarked(`host-${process.pid}/none`)).killed).toEqual([]);
  expect((await marked(marker)).length).toBeGreaterThanOrEqual(3);
  await expect(killMarked('')).rejects.toThrow('marker prefix');
});

test.skipIf(!isRoot)(
  'an ordinary user gets process groups, by themselves, that let nothing live on',
  async () => {
    const marker = `host-${process.pid}/user`;
    const report = await reportOf(
      `
    process.setgroups([]); process.setgid(65534); process.setuid(65534);
    process.chdir('/tmp');
    const { mode, reason } = await detectIsolation();
    const step = (script, more) => runStep({ ...base, argv: ['sh', '-c', script], ...more });
    const daemon = await step('setsid sleep 73 > /dev/null 2>&1 & sleep 74 & id -u; exit 4');
    const stubborn = await step('trap "" TERM; setsid sh -c "trap \\\\"\\\\" TERM; sleep 75" & sleep 76; sleep 77', { timeoutMs: 200, graceMs: 100 });
    const refused = await step('exit 0', { isolation: 'namespace' });
    console.log(JSON.stringify({ mode, reason, output, daemon, stubborn, refused }));
  `,
      marker,
    );
    expect(report).toMatchObject({
      mode: 'process-group',
      reason: expect.stringContaining('process namespaces do not work for user 65534: '),
      output: '65534\n',
      daemon: { kind: 'exited', code: 4 },
      stubborn: { kind: 'timed_out', limit: 'total' },
      refused: {
        kind: 'not_started',
        message: expect.stringContaining('isolation by namespace was asked for'),
      },
    });
    expect(await marked(marker)).toEqual([]);
  },
);

test.skipIf(mode !== 'namespace')('orphans inside a namespace are buried at once', async () => {
  // pgrep finds zombies too.
  const script =
    'for i in 1 2 3 4 5; do (sleep 0 &); done; sleep 0.1; while pgrep -x sleep > /dev/null; do :; done; echo buried';
  const report = await reportOf(
    `const orphans = await runStep({ ...base, argv: ['sh', '-c', ${JSON.stringify(script)}], isolation: 'namespace' });
    console.log(JSON.stringify({ orphans, output }));`,
    `host-${process.pid}/orphans`,
  );
  expect(report).toEqual({ orphans: { kind: 'exited', code: 0 }, output: 'buried\n' });
});

/** A Node process of its own that runs a step with a child and two daemons, and has begun to. */
async function hostWithTree(isolation: string, marker: string): Promise<ChildProcess> {
  const script =
    '(setsid setsid sleep 71 > /dev/null 2>&1 &); setsid sleep 72 > /dev/null 2>&1 & sleep 70 & echo ready; wait';
  const host = startHost(
    `await runStep({ ...base, argv: ['sh', '-c', ${JSON.stringify(script)}], isolation: '${isolation}',
      onOutput: (chunk) => { process.stdout.write(chunk); } });`,
    marker,
  );
  await firstLine(host);
  const sleeps = async () =>
    (await Promise.all((await marked(marker)).map(commandOf))).filter((c) => c.startsWith('sleep'));
  await expect.poll(sleeps, { interval: 5, timeout: 60_000 }).toHaveLength(3);
  return host;
}

async function reportOf(code: string, marker: string): Promise<unknown> {
  return JSON.parse(await firstLine(startHost(code, marker)));
}

function startHost(code: string, marker: string): ChildProcess {
  const file = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const prologue = `
    import { runStep } from ${file('runStep.ts')};
    import { detectIsolation } from ${file('isolation.ts')};
    let output = '';
    const base = {
      cwd: '/tmp', env: { PATH: '/usr/bin:/bin' }, timeoutMs: 30000, silenceMs: 30000,
      cancel: new AbortController().signal, marker: ${JSON.stringify(marker)},
      onOutput: (chunk) => { output += chunk; },
    };`;
  const host = spawn(process.execPath, ['--input-type=module', '-e', prologue + code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  hosts.push(host);
  return host;
}

async function firstLine(host: ChildProcess): Promise<string> {
  if (!host.stdout) throw new Error('the host has no output');
  const [line] = await once(createInterface({ input: host.stdout }), 'line');
  return line;
}

function marked(marker: string): Promise<MarkedEntry[]> {
  return findMarked((found) => found === marker);
}

async function commandOf({ pid }: MarkedEntry): Promise<string> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').join(' ').trim();
}
