import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { holdRunGroup, type RunGroup } from './runGroup.ts';

function runsOf(repository: string, more: { cancelInProgress?: boolean; queue?: 'single' | 'max' } = {}) {
  const concurrency = { group: 'ship', cancelInProgress: false, queue: 'single', ...more } as const;
  const notes: string[] = [];
  const cancel = new AbortController();
  const note = Promise.withResolvers<void>();
  const held = holdRunGroup(concurrency, {
    repository,
    cancel: cancel.signal,
    note: (text) => {
      notes.push(text);
      note.resolve();
    },
  });
  onTestFinished(async () => {
    cancel.abort();
    (await held).release();
  });
  return { held, notes, noted: note.promise, cancel };
}

const isHeld = ({ cancel }: RunGroup) => !cancel.aborted;

test('one run has the group, the next waits until it ends, and another repository does not care', async () => {
  const repository = randomUUID();
  const first = await runsOf(repository).held;
  const second = runsOf(repository);
  await second.noted;
  expect(second.notes).toEqual(['waits: another run has the concurrency group ship']);
  expect(isHeld(await runsOf(randomUUID()).held)).toBe(true);
  expect(isHeld(first)).toBe(true);
  first.release();
  expect(isHeld(await second.held)).toBe(true);
});

test('only the newest waits; the one before it is cancelled without having begun', async () => {
  const repository = randomUUID();
  const first = await runsOf(repository).held;
  const second = runsOf(repository);
  await second.noted;
  const third = runsOf(repository);
  expect(isHeld(await second.held)).toBe(false);
  expect(second.notes.at(-1)).toBe('cancelled: a newer run has the concurrency group ship');
  first.release();
  expect(isHeld(await third.held)).toBe(true);
});

test('with cancel-in-progress the one that has it is cancelled, and has it until it has ended', async () => {
  const repository = randomUUID();
  const first = await runsOf(repository).held;
  const newer = runsOf(repository, { cancelInProgress: true });
  await once(first.cancel, 'abort');
  let began = false;
  void newer.held.then(() => {
    began = true;
  });
  await newer.noted;
  expect(began).toBe(false);
  first.release();
  expect(isHeld(await newer.held)).toBe(true);
});

test('a run that waits can be cancelled', async () => {
  const repository = randomUUID();
  await runsOf(repository).held;
  const second = runsOf(repository);
  await second.noted;
  second.cancel.abort();
  expect(isHeld(await second.held)).toBe(false);
});

test('after kill -9 of the one that has it, the next one goes on', async () => {
  const repository = randomUUID();
  const program = `
    import { holdRunGroup } from ${JSON.stringify(new URL('./runGroup.ts', import.meta.url).href)};
    const concurrency = { group: 'ship', cancelInProgress: false, queue: 'single' };
    await holdRunGroup(concurrency, { repository: ${JSON.stringify(repository)}, cancel: new AbortController().signal, note: () => {} });
    console.log('held');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const next = runsOf(repository);
  await next.noted;
  child.kill('SIGKILL');
  expect(isHeld(await next.held)).toBe(true);
});
