import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectIsolation } from './isolation.ts';
import { findMarked } from './killMarked.ts';
import type { SharedPlace } from './place.ts';
import { ReadyPlace } from './readyPlace.ts';
import { type PlacedCommand, runInPlace } from './runInPlace.ts';
import { openSharedPlace } from './sharedPlace.ts';

const { mode } = await detectIsolation();
const isolations = mode === 'namespace' ? (['namespace', 'process-group'] as const) : (['auto'] as const);
const never = new AbortController().signal;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-place-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(isolations)('a place for many commands (%s)', (isolation) => {
  const marker = `shared-${process.pid}-${isolation}`;
  const left = () => findMarked((found) => found === marker || found.startsWith(`${marker}/`));

  test('what one command leaves running, the next ones meet; nothing outlives the place', async () => {
    await withPlace(async ({ sh }) => {
      const first = await sh(`setsid sh -c 'echo $$ > ${directory}/pid; sleep 60' & echo begun`);
      expect(first).toMatchObject({ kind: 'exited', code: 0, output: 'begun\n' });
      const pidFile = join(directory, 'pid');
      await expect.poll(() => readFileSync(pidFile, 'utf8'), { interval: 5 }).toMatch(/\d/);
      expect(await sh(`kill -0 $(cat ${pidFile}) && echo there`)).toMatchObject({ output: 'there\n' });
    });
    expect(await left()).toEqual([]);
  });

  test('a process that holds the output does not hold the command, and does not die of it', async () => {
    await withPlace(async ({ sh }) => {
      const held = await sh(
        `sh -c 'sleep 0.1; while echo tick; do sleep 0.01; done; echo dead > ${directory}/dead' & echo first`,
      );
      expect(held).toMatchObject({ kind: 'exited', code: 0 });
      expect(held.output.replaceAll('tick\n', '')).toBe('first\n');
      const next = await sh(`sleep 0.3; ls ${directory}`);
      expect(next.output).not.toContain('dead');
      const flood = await sh('yes & head -c 300000 /dev/zero | tr "\\0" x; exit 4');
      expect(flood).toMatchObject({ kind: 'exited', code: 4 });
      expect(flood.output.replaceAll(/[y\n]/g, '')).toHaveLength(300_000);
    });
  });

  test('INT, TERM and KILL in this order, to all of the process group', async () => {
    await withPlace(async ({ sh }) => {
      const script = `trap 'echo int' INT; trap 'echo term' TERM; echo ready; while :; do sleep 0.01; done`;
      const stubborn = await sh(script, { stopAt: 'ready' });
      expect(stubborn).toMatchObject({ kind: 'signalled', signal: 'SIGKILL' });
      expect(stubborn.output.replace('Terminated\n', '')).toBe('ready\nint\nterm\n');
      const obeying = await sh("sh -c 'echo ready; exec sleep 60'; echo no", { stopAt: 'ready' });
      expect(obeying).toMatchObject({ kind: 'signalled', signal: 'SIGINT', output: 'ready\n' });
    });
  });

  test('a command that is stopped takes what left its session with it, others stay', async () => {
    await withPlace(async ({ sh }) => {
      await sh('setsid sleep 61 > /dev/null &');
      await sh('setsid sleep 62 > /dev/null & trap "" INT TERM; echo ready; sleep 63; sleep 64', {
        stopAt: 'ready',
      });
      const { output } = await sh("grep -hsz . /proc/[0-9]*/cmdline | tr '\\0\\n' '  '");
      expect(output).toContain('sleep 61');
      expect(output).not.toMatch(/sleep 6[234]/);
    });
  });

  test('exit codes, signals, and commands that do not exist', async () => {
    await withPlace(async ({ sh, run }) => {
      expect(await sh('exit 7')).toMatchObject({ kind: 'exited', code: 7 });
      expect(await sh('kill -SEGV $$')).toMatchObject({ kind: 'signalled', signal: 'SIGSEGV' });
      const missing = await run({ argv: ['no-such-command'] });
      expect(missing.kind === 'not_started' || (missing.kind === 'exited' && missing.code === 127)).toBe(
        true,
      );
    });
  });

  test.runIf(isolation === 'namespace')('/tmp is its own, but for what is kept', async () => {
    const kept = join(directory, 'kept');
    mkdirSync(kept, { recursive: true });
    writeFileSync(join(kept, 'file'), 'kept\n');
    const outside = mkdtempSync('/tmp/slipway-outside-');
    await withPlace(async ({ sh, place }) => {
      const { output } = await sh(`cat ${kept}/file; ls -d ${outside}; echo own > /tmp/own; pwd`, {
        cwd: kept,
      });
      expect(output).toContain(`kept\n`);
      expect(output).toContain(`${kept}\n`);
      expect(output).toContain('No such file');
      expect(readFileSync(place.outside('/tmp/own'), 'utf8')).toBe('own\n');
    });
    rmSync(outside, { recursive: true });
  });

  type Ended = { kind: string; output: string; code?: number };
  interface Inside {
    place: SharedPlace;
    run(more: Partial<PlacedCommand> & { stopAt?: string }): Promise<Ended>;
    sh(script: string, more?: Partial<PlacedCommand> & { stopAt?: string }): Promise<Ended>;
  }

  test('one that is made ahead is handed out once, to who asks for the same; what nobody took ends', async () => {
    const own = mkdtempSync(join(directory, 'tmp-'));
    const options = { marker, isolation, tmp: { directory: own, keep: [directory] } };
    const ready = new ReadyPlace(options);
    const place = await ready.take({ ...options, tmp: { directory: own, keep: [directory, directory] } });
    expect(await ready.take(options)).toBeUndefined();
    await ready.close();
    if (isolation === 'namespace') expect(await left()).not.toEqual([]);
    expect(await place?.end()).toEqual([]);
    const another = new ReadyPlace(options);
    expect(await another.take({ ...options, tmp: { directory: own, keep: [] } })).toBeUndefined();
    expect(await another.take(options)).toBeUndefined();
    await new ReadyPlace(options).close();
    expect(await left()).toEqual([]);
  });

  async function withPlace(work: (inside: Inside) => Promise<void>): Promise<void> {
    const own = mkdtempSync(join(directory, 'tmp-'));
    const place = await openSharedPlace({ marker, isolation, tmp: { directory: own, keep: [directory] } });
    if ('refused' in place) throw new Error(place.refused);
    let commands = 0;
    const lingering: { close(): void }[] = [];
    async function run({ stopAt, ...more }: Partial<PlacedCommand> & { stopAt?: string }): Promise<Ended> {
      commands += 1;
      const stop = new AbortController();
      let output = '';
      const end = await runInPlace(place as SharedPlace, {
        argv: ['true'],
        cwd: '/',
        env: { PATH: '/usr/bin:/bin' },
        marker: `${marker}/${commands}`,
        stop: stop.signal,
        kill: never,
        patience: { interruptMs: 300, terminateMs: 300 },
        onOutput: (chunk) => {
          output += chunk.toString();
          if (stopAt !== undefined && output.includes(stopAt)) stop.abort();
          return undefined;
        },
        ...more,
      });
      if ('lingering' in end) lingering.push(end.lingering);
      return { ...end, output };
    }
    try {
      await work({ place, run, sh: (script, more) => run({ argv: ['sh', '-c', script], ...more }) });
    } finally {
      expect(await place.end()).toEqual([]);
      for (const each of lingering) each.close();
    }
  }
});
