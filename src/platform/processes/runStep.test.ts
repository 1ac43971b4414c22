import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unlessMissing } from '../missing.ts';
import { detectIsolation } from './isolation.ts';
import { findMarked } from './killMarked.ts';
import { runStep } from './runStep.ts';
import type { StepSpec } from './step.ts';

const { mode } = await detectIsolation();
const isolations =
  mode === 'namespace' ? (['namespace', 'process-group'] as const) : (['process-group'] as const);
let directory: string;
let steps = 0;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-step-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(isolations)('isolation by %s', (isolation) => {
  test('tells exit codes and signals truthfully', async () => {
    const ends = [
      'exit 0',
      'exit 3',
      'exit 143',
      'exit 137',
      'kill -TERM $$',
      'kill -KILL $$',
      'kill -INT $$',
    ];
    const results = [];
    for (const script of ends) results.push((await sh(script)).result);
    expect(results).toEqual([
      { kind: 'exited', code: 0 },
      { kind: 'exited', code: 3 },
      { kind: 'exited', code: 143 },
      { kind: 'exited', code: 137 },
      { kind: 'signalled', signal: 'SIGTERM' },
      { kind: 'signalled', signal: 'SIGKILL' },
      { kind: 'signalled', signal: 'SIGINT' },
    ]);
  });

  test('gives exactly the environment, the arguments and the directory it was told, and no input', async () => {
    const env = {
      PATH: '/usr/bin:/bin',
      'not.a-shell=name': 'x',
      EMPTY: '',
      LINES: 'a\nb',
      SLIPWAY_APP: 'web',
    };
    const { output } = await run({ argv: ['env', '-0'], env, marker: 'exact/1' });
    const expected = [...Object.entries(env), ['SLIPWAY_STEP', 'exact/1']].map(
      ([key, value]) => `${key}=${value}`,
    );
    expect(output.split('\0').filter(Boolean).sort()).toEqual(expected.sort());
    expect((await run({ argv: ['printf', '%s|', '--', '-x', 'a b', '$HOME', ''] })).output).toBe(
      '--|-x|a b|$HOME||',
    );
    expect((await sh('pwd; cat; echo end')).output).toBe(`${directory}\nend\n`);
  });

  test('merges both streams in the order of writing, and lets a script open them by name', async () => {
    const { output } = await sh(
      'for i in 1 2 3; do echo out $i; echo err $i >&2; done; echo named > /dev/stderr',
    );
    expect(output).toBe('out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\nnamed\n');
  });

  test('a script that signals its own group hits nobody else', async () => {
    expect((await sh('trap "" TERM; kill -TERM 0; echo still here; exit 4')).result).toEqual({
      kind: 'exited',
      code: 4,
    });
  });

  test('cancel sends TERM to every process, and waits for those that clean up', async () => {
    const script = `
      trap 'echo main ends; exit 0' TERM
      setsid sh -c 'trap "sleep 0.1; echo daemon cleaned up; exit" TERM; echo ready; while :; do sleep 0.01; done' &
      while :; do sleep 0.01; done`;
    const { result, output } = await cancelWhen('ready', script);
    expect(result).toEqual({ kind: 'cancelled' });
    expect(output).toContain('main ends');
    expect(output).toContain('daemon cleaned up');
  });

  test('what ignores TERM is killed after the grace', async () => {
    const began = performance.now();
    const script = 'trap "" TERM; echo ready; while :; do sleep 0.01; done';
    expect((await cancelWhen('ready', script, { graceMs: 150 })).result).toEqual({ kind: 'cancelled' });
    expect(performance.now() - began).toBeGreaterThan(150);
  });

  test('what was stopped is woken to hear its TERM', async () => {
    const script = 'sh -c \'trap "echo woke; exit" TERM; echo ready; kill -STOP $$; sleep 60\' & wait';
    expect((await cancelWhen('ready', script)).output).toBe('ready\nwoke\n');
  });

  test('a step that was cancelled before it began does not begin', async () => {
    const { result } = await sh(`touch ${directory}/begun`, { cancel: AbortSignal.abort() });
    expect(result).toEqual({ kind: 'cancelled' });
    expect(existsSync(join(directory, 'begun'))).toBe(false);
  });

  test('the total limit ends a step that writes all the time', async () => {
    const { result } = await sh('while :; do echo tick; sleep 0.02; done', {
      timeoutMs: 200,
      silenceMs: 10_000,
    });
    expect(result).toMatchObject({ kind: 'timed_out', limit: 'total' });
    expect(result.kind === 'timed_out' && result.afterMs).toBeGreaterThanOrEqual(200);
  });

  test('the silence limit ends a step that writes nothing', async () => {
    const { result, output } = await sh('echo hello; sleep 60', { silenceMs: 150 });
    expect(result).toMatchObject({ kind: 'timed_out', limit: 'silence' });
    expect(output).toBe('hello\n');
  });

  test('a consumer that holds the step up is no silence, and takes its last byte before the step has ended', async () => {
    const taken: string[] = [];
    const { result } = await sh('echo one; sleep 0.05; echo two', {
      silenceMs: 200,
      onOutput: async (chunk) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        taken.push(chunk.toString());
      },
    });
    expect(result).toEqual({ kind: 'exited', code: 0 });
    expect(taken).toEqual(['one\n', 'two\n']);
  });

  test('nothing outlives its step: children, daemons, a tree that keeps forking', async () => {
    const script = `
      sleep 61 &
      setsid sleep 62 > /dev/null 2>&1 &
      (setsid sh -c 'setsid sleep 63 > /dev/null 2>&1 & exit' &)
      sh -c 'fork() { [ $1 -gt 5 ] && exec sleep 64; fork $(($1 + 1)) & fork $(($1 + 1)) & wait; }; fork 1' &
      while ! [ -d /proc/$! ]; do :; done
      echo done`;
    const { result, output, marker } = await sh(script);
    expect(result).toEqual({ kind: 'exited', code: 0 });
    expect(output).toBe('done\n');
    expect(await findMarked((found) => found === marker)).toEqual([]);
  });

  test('a step that closes its output goes on', async () => {
    const { result } = await sh(`exec >&- 2>&-; sleep 0.05; echo x > ${directory}/closed; exit 5`);
    expect(result).toEqual({ kind: 'exited', code: 5 });
    expect(existsSync(join(directory, 'closed'))).toBe(true);
  });

  test('a consumer that fails ends the step, and the caller hears why', async () => {
    const marker = 'failing/1';
    const onOutput = () => Promise.reject(new Error('disk on fire'));
    await expect(sh('echo x; sleep 60', { onOutput, marker })).rejects.toThrow('disk on fire');
    expect(await findMarked((found) => found === marker)).toEqual([]);
  });

  test('a slow consumer holds the step up instead of filling memory', async () => {
    const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
    const written = join(directory, `written-${isolation}`);
    let bytes = 0;
    const step = sh(`head -c 2000000 /dev/zero; echo x > ${written}`, {
      onOutput: (chunk) => {
        bytes += chunk.length;
        return gate;
      },
    });
    await expect.poll(() => bytes, { interval: 5 }).toBeGreaterThan(0);
    // Another step in between: time enough for the first to finish, were it not held up.
    await sh('exit 0');
    expect(bytes).toBeLessThanOrEqual(64 * 1024);
    expect(existsSync(written)).toBe(false);
    openGate();
    expect((await step).result).toEqual({ kind: 'exited', code: 0 });
    expect(bytes).toBe(2_000_000);
  });

  test('a gigabyte without a line end passes in bounded memory', { timeout: 60_000 }, async () => {
    const before = process.memoryUsage().rss;
    let bytes = 0;
    let peak = 0;
    const onOutput = (chunk: Buffer) => {
      bytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage.rss());
      return undefined;
    };
    expect((await sh('head -c 1000000000 /dev/zero', { onOutput })).result).toEqual({
      kind: 'exited',
      code: 0,
    });
    expect(bytes).toBe(1_000_000_000);
    expect(peak - before).toBeLessThan(150_000_000);
  });

  test('somebody outside who holds the output open does not keep the step from ending', async () => {
    const marker = `held-${process.pid}/${isolation}`;
    const isHeld = join(directory, `held-${isolation}`);
    let held: FileHandle | undefined;
    const onOutput = async () => {
      // The newest may be a sleep, and gone by now; the script itself waits.
      for (const { pid } of (await findMarked((found) => found === marker)).reverse())
        held ??= await unlessMissing(open(`/proc/${pid}/fd/1`, 'w'));
      if (held === undefined) throw new Error('no process of the step was found');
      writeFileSync(isHeld, '');
    };
    const { result } = await sh(`echo x; until [ -e ${isHeld} ]; do sleep 0.01; done`, { marker, onOutput });
    expect(result).toEqual({ kind: 'exited', code: 0 });
    await held?.close();
  });

  async function sh(script: string, more: Partial<StepSpec> = {}) {
    return run({ argv: ['sh', '-c', script], ...more });
  }

  async function cancelWhen(words: string, script: string, more: Partial<StepSpec> = {}) {
    const controller = new AbortController();
    let seen = '';
    const { result } = await sh(script, {
      cancel: controller.signal,
      ...more,
      onOutput: (chunk) => {
        seen += chunk.toString();
        if (seen.includes(words)) controller.abort();
        return undefined;
      },
    });
    return { result, output: seen };
  }

  async function run(more: Partial<StepSpec>) {
    steps += 1;
    let output = '';
    const step = { ...defaults(), marker: `test-${process.pid}/${steps}`, isolation, ...more };
    const onOutput = (chunk: Buffer) => {
      output += chunk.toString();
      return undefined;
    };
    const result = await runStep({ onOutput, ...step });
    return { result, output, marker: step.marker };
  }
});

describe('a command that cannot start says why', () => {
  const obstacle = async (argv: string[], more: Partial<StepSpec> = {}) => {
    const result = await runStep({
      ...defaults(),
      argv,
      marker: 'obstacle/1',
      onOutput: () => undefined,
      ...more,
    });
    return result.kind === 'not_started' ? result.message : result;
  };
  const script = (name: string, text: string, mode: number) => {
    writeFileSync(join(directory, name), text, { mode });
    return `./${name}`;
  };

  test('missing or unusable commands', async () => {
    expect(await obstacle([])).toBe('the command is empty');
    expect(await obstacle(['no-such-tool'])).toBe('command not found: no-such-tool (PATH is /usr/bin:/bin)');
    expect(await obstacle(['./missing.sh'])).toBe('./missing.sh does not exist');
    expect(await obstacle(['/usr'])).toBe('/usr is a directory, not a command');
    expect(await obstacle([script('plain.sh', 'echo x\n', 0o644)])).toBe(
      './plain.sh is not executable: chmod +x it, and commit that if it is in git',
    );
  });

  test('a script whose interpreter is missing, or whose lines end as on Windows', async () => {
    expect(await obstacle([script('odd.sh', '#!/opt/no/bash -e\n', 0o755)])).toBe(
      './odd.sh asks for the interpreter /opt/no/bash, which does not exist',
    );
    expect(await obstacle([script('crlf.sh', '#!/bin/sh\r\necho x\r\n', 0o755)])).toBe(
      'the first line of ./crlf.sh ends in a carriage return: save it with Unix line ends',
    );
  });

  test('a working directory that is not there', async () => {
    expect(await obstacle(['true'], { cwd: '/no/such/place' })).toBe(
      'the working directory /no/such/place does not exist',
    );
    expect(await obstacle(['true'], { cwd: '/etc/passwd' })).toBe(
      'the working directory /etc/passwd is not a directory',
    );
  });

  test('arguments that the system refuses', async () => {
    expect(await obstacle(['echo', 'x'.repeat(4_000_000)])).toMatch(
      /larger than the system allows \(E2BIG\)/,
    );
    expect(await obstacle(['echo', 'a\0b'])).toMatch(/null bytes/);
  });

  test('a script without a first line naming its interpreter runs as it does in a shell', async () => {
    expect(await obstacle([script('bare.sh', 'exit 6\n', 0o755)])).toEqual({ kind: 'exited', code: 6 });
  });
});

function defaults() {
  return {
    argv: ['true'],
    cwd: directory,
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 30_000,
    silenceMs: 30_000,
    graceMs: 5_000,
    cancel: new AbortController().signal,
  } satisfies Partial<StepSpec>;
}
