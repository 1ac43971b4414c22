import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { isAlive, parseProcessStat, processIdentity, readProcessStat } from './identity.ts';

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

test('a process is alive until it has ended', async () => {
  child = spawn('sleep', ['60']);
  const identity = processIdentity(child.pid ?? 0);
  if (identity === undefined) throw new Error('sleep does not run');
  expect(isAlive(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(identity)).toBe(false);
  expect(processIdentity(identity.pid)).toBeUndefined();
});

test('a zombie is dead, though a signal still finds it', async () => {
  // The shell becomes a sleep, which never collects the child that it inherits.
  child = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('no stdout');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const pid = Number(line);
  const parentPid = child.pid ?? 0;
  await expect.poll(() => readProcessStat(parentPid)?.comm, { timeout: 60_000, interval: 5 }).toBe('sleep');
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => readProcessStat(pid)?.state, { timeout: 60_000, interval: 5 }).toBe('Z');
  expect(process.kill(pid, 0)).toBe(true);
  expect(processIdentity(pid)).toBeUndefined();
});

test('another process with the same pid, or from before a reboot, is another', () => {
  const identity = processIdentity(process.pid);
  if (identity === undefined) throw new Error('this process does not run');
  expect(isAlive(identity)).toBe(true);
  expect(isAlive({ ...identity, startTicks: identity.startTicks + 1 })).toBe(false);
  expect(isAlive({ ...identity, bootId: '00000000-0000-0000-0000-000000000000' })).toBe(false);
});

test('a name with spaces and parentheses does not shift the fields', () => {
  const rest = Array.from({ length: 40 }, (_, index) => index + 4).join(' ');
  expect(parseProcessStat(`42 (a) b (c) S ${rest}\n`)).toEqual({
    comm: 'a) b (c',
    state: 'S',
    parentPid: 4,
    startTicks: 22,
  });
});
