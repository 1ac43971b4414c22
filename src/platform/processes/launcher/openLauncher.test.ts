import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { detectIsolation } from '../isolation.ts';
import { findMarked } from '../killMarked.ts';
import type { SharedPlace } from '../place.ts';
import { runInPlace } from '../runInPlace.ts';
import { openSharedPlace } from '../sharedPlace.ts';
import { type LauncherProcess, openLauncher } from './openLauncher.ts';

const { mode } = await detectIsolation();
const never = new AbortController().signal;
let places = 0;

async function open(): Promise<LauncherProcess> {
  const launcher = await openLauncher(process.env);
  onTestFinished(() => launcher.close());
  await launcher.ready;
  return launcher;
}

async function placeBy(launcher: LauncherProcess) {
  places += 1;
  const marker = `launcher-${process.pid}-${places}`;
  const tmp = { directory: tmpdir(), keep: [] };
  const place = await openSharedPlace({ marker, isolation: 'auto', tmp, launcher });
  if ('refused' in place) throw new Error(place.refused);
  onTestFinished(async () => void (await place.end()));
  return { place, marker, left: () => findMarked((found) => found.startsWith(marker)) };
}

async function run(
  place: SharedPlace,
  marker: string,
  script: string,
  env: Record<string, string> = {},
  heard: (output: string) => void = () => undefined,
) {
  let output = '';
  const end = await runInPlace(place, {
    argv: ['/bin/sh', '-c', script],
    cwd: '/usr',
    env,
    marker: `${marker}/1`,
    onOutput: (chunk) => {
      output += chunk.toString();
      heard(output);
      return undefined;
    },
    stop: never,
    kill: never,
    patience: { interruptMs: 1_000, terminateMs: 1_000 },
  });
  if ('lingering' in end) end.lingering.close();
  return { ...end, output };
}

test('what it starts has its directory, exactly its environment and output, and its end is told truthfully', async () => {
  const launcher = await open();
  const { place, marker } = await placeBy(launcher);
  const said = await run(place, marker, 'echo "$A:$HOME:$(pwd)"; echo err >&2; exit 7', { A: 'ä\n"b"' });
  expect(said).toMatchObject({ kind: 'exited', code: 7, output: 'ä\n"b"::/usr\nerr\n' });
  expect(await run(place, marker, 'kill -9 $$')).toMatchObject({ kind: 'signalled', signal: 'SIGKILL' });
  expect(await run(place, marker, 'exit 137')).toMatchObject({ kind: 'exited', code: 137 });
  const tooLarge = await run(place, marker, 'true', { BIG: 'x'.repeat(10_000_000) });
  expect(tooLarge).toMatchObject({ kind: 'not_started', message: expect.stringContaining('E2BIG') });
});

test('it starts them, not this process', async () => {
  const launcher = await open();
  const { place, marker, left } = await placeBy(launcher);
  await run(place, marker, 'sleep 60 &');
  const parents = (await left()).map(
    ({ pid }) => /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1],
  );
  expect(parents).toContain(String(launcher.pid));
  expect(parents).not.toContain(String(process.pid));
});

test('when it is killed, all it started is gone and told so, and this process starts what comes next', async () => {
  const launcher = await open();
  const { place, marker, left } = await placeBy(launcher);
  const begun = Promise.withResolvers<void>();
  const script = 'setsid sleep 60 & echo begun; sleep 60';
  const running = run(place, marker, script, {}, () => begun.resolve());
  // Output is read from when on it is known that it runs: killed before, it would be told as not started.
  await begun.promise;
  process.kill(launcher.pid, 'SIGKILL');
  expect(await running).toMatchObject({ kind: 'signalled', signal: 'SIGKILL' });
  expect(await place.end()).toEqual([]);
  await expect.poll(left, { interval: 5 }).toEqual([]);
  const next = await placeBy(launcher);
  expect(await run(next.place, next.marker, 'exit 3')).toMatchObject({ kind: 'exited', code: 3 });
});

test.skipIf(mode !== 'namespace')('after kill -9 of who opened it, nothing is left', async () => {
  const here = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const marker = `launcher-${process.pid}-killed`;
  const program = `
    import { openLauncher } from ${here('./openLauncher.ts')};
    import { openSharedPlace } from ${here('../sharedPlace.ts')};
    const launcher = await openLauncher(process.env);
    await launcher.ready;
    const tmp = { directory: '/tmp', keep: [] };
    const place = await openSharedPlace({ marker: '${marker}', isolation: 'namespace', tmp, launcher });
    const command = { argv: ['/bin/sh', '-c', 'setsid sleep 60 & sleep 60'], cwd: '/', env: {}, marker: '${marker}/1', output: 2 };
    await place.launch(command);
    console.log(launcher.pid);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [pid] = await once(child.stdout, 'data');
  const left = () => findMarked((found) => found.startsWith(marker));
  await expect.poll(async () => (await left()).length, { interval: 5 }).toBeGreaterThan(2);
  child.kill('SIGKILL');
  await expect.poll(left, { interval: 5 }).toEqual([]);
  const isThere = () => {
    try {
      return /^State:\s+Z/m.exec(readFileSync(`/proc/${Number(pid)}/status`, 'utf8')) === null;
    } catch {
      return false;
    }
  };
  await expect.poll(isThere, { interval: 5 }).toBe(false);
});
