import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { api } from '../../../src/contract/index.ts';
import { startCuttingProxy } from '../../harness/cuttingProxy.ts';
import { createRemoteRunnersTest } from '../../harness/remoteRunners.ts';
import { scoped } from '../../harness/scoped.ts';
import { eventually } from '../../harness/ship.ts';

/** Writes the time into a file of its runner's name, ten times a second, until it is ended; a second start is quick. */
const beating = `  build:
    runs-on: linux
    env: { SLIPWAY_RERUN_LOST: true }
    steps:
      - name: Beat
        run: |
          if [ -e "$SCRATCH/first" ]; then date +%s%N > "$SCRATCH/second"; exit 0; fi
          while true; do date +%s%N > "$SCRATCH/first"; sleep 0.1; done`;

test('a token that is none, or is limited otherwise, is told so at once', { timeout: 60_000 }, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const unknown = await slipway.runner({ token: `slr_${'0'.repeat(38)}` });
  expect(await unknown.ended).toBe(2);
  expect(unknown.printed()).toContain('this is no token of a runner, or it was revoked');
  const { token } = await slipway.token({ labels: ['gpu'] });
  const tooMuch = await slipway.runner({ token, args: ['--labels', 'gpu,production'] });
  expect(await tooMuch.ended).toBe(2);
  expect(tooMuch.printed()).toContain('for runners with the labels gpu, and not production');
  const endless = await slipway.runner({ args: ['--processes', 'endless'] });
  expect(await endless.ended).toBe(2);
  expect(endless.printed()).toContain('--processes is "endless"; it takes a number of processes');
  const person = await slipway.runner({ token: slipway.server.machineToken });
  expect(person.printed()).toContain('this is no runner token');
});

test('a runner whose token is revoked ends what it runs, and itself', { timeout: 120_000 }, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const { id, token } = await slipway.token({ repositories: ['harbor'] });
  const runner = await slipway.runner({ token });
  const run = await slipway.push(beating);
  await slipway.until(run, 'the step beats', ({ steps }) => steps.some(({ name }) => name === 'Beat'));
  await slipway.server.machine.call(api.revokeRunnerToken, { params: { id } });
  expect(await runner.ended).toBe(2);
  await expectStill(join(slipway.scratch, 'first'));
  await slipway.runner();
  await slipway.until(run, 'another runs it again', ({ conclusion }) => conclusion === 'success');
});

test('kill -9 of a runner: what it ran is ended by the next on its machine, which runs it again at once', {
  timeout: 120_000,
}, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const first = await slipway.runner();
  const run = await slipway.push(beating);
  await slipway.until(run, 'the step beats', ({ steps }) => steps.some(({ name }) => name === 'Beat'));
  await eventually('it has begun', () => exists(join(slipway.scratch, 'first')));
  first.child.kill('SIGKILL');
  await first.ended;
  await slipway.runner();
  await slipway.until(run, 'it runs again', ({ conclusion }) => conclusion === 'success');
  await expectStill(join(slipway.scratch, 'first'));
});

test('a network that is cut: the runner ends its processes before the job is given to another', {
  timeout: 150_000,
}, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const proxy = await startCuttingProxy(slipway.server.address, () => undefined);
  let closed = false;
  onTestFinished(async () => {
    if (!closed) await proxy.close();
  });
  await slipway.runner({ url: proxy.url, state: join(slipway.scratch, 'one machine') });
  const run = await slipway.push(beating);
  await eventually('it has begun', () => exists(join(slipway.scratch, 'first')));
  await slipway.until(run, 'the step is known', ({ steps }) => steps.some(({ name }) => name === 'Beat'));
  await slipway.runner({ state: join(slipway.scratch, 'another machine') });
  await proxy.close();
  closed = true;
  await slipway.until(run, 'it runs again', ({ conclusion }) => conclusion === 'success');
  const [last, next] = await Promise.all(
    ['first', 'second'].map((name) => timeIn(join(slipway.scratch, name))),
  );
  expect(Number(next)).toBeGreaterThan(Number(last));
});

test('drained on TERM, or from Slipway: jobs go on to their end, and no more are taken', {
  timeout: 120_000,
}, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const waiting = `  build:
    runs-on: linux
    steps:
      - name: Wait
        run: until [ -e "$SCRATCH/go" ]; do sleep 0.05; done; echo done`;
  const [byTerm, bySlipway] = [
    await slipway.runner({ args: ['--name', 'one', '--capacity', '1'] }),
    await slipway.runner({ args: ['--name', 'two', '--capacity', '1'] }),
  ];
  const runs = [await slipway.push(waiting), await slipway.push(waiting)];
  for (const run of runs)
    await slipway.until(run, 'it waits', ({ steps }) => steps.some(({ name }) => name === 'Wait'));
  byTerm.child.kill('SIGTERM');
  await slipway.server.machine.call(api.drainRunner, { params: { runner: 'two' } });
  await eventually('both drain', async () => {
    const { items } = await slipway.server.machine.call(api.listRunners, {});
    return (
      items.filter(({ kind, draining, jobs }) => kind === 'jobs' && draining && jobs.length === 1).length ===
      2
    );
  });
  const later = await slipway.push(waiting);
  await slipway.git.client.must('.', 'init', '--quiet', join(slipway.scratch, 'go'));
  for (const run of runs) await slipway.until(run, 'it ends', ({ conclusion }) => conclusion === 'success');
  expect([await byTerm.ended, await bySlipway.ended]).toEqual([0, 0]);
  expect((await slipway.jobs(later))[0]?.state).toBe('queued');
});

test('stopped for good: what it ran is given back at once, and says why', { timeout: 120_000 }, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const runner = await slipway.runner();
  const run = await slipway.push(beating);
  await slipway.until(run, 'the step beats', ({ steps }) => steps.some(({ name }) => name === 'Beat'));
  await eventually('it has begun', () => exists(join(slipway.scratch, 'first')));
  runner.child.kill('SIGTERM');
  await eventually('it drains', () => runner.printed().includes('taking no more jobs'));
  runner.child.kill('SIGTERM');
  expect(await runner.ended).toBe(0);
  const [job] = await slipway.jobs(run);
  expect(job?.state).toBe('queued');
  expect(job?.reason).toMatch(/^runs again: .* during step "Beat"/);
  await expectStill(join(slipway.scratch, 'first'));
  await slipway.runner();
  await slipway.until(run, 'it runs again', ({ conclusion }) => conclusion === 'success');
  expect(await slipway.log(job ?? { id: 0 })).toMatch(/ Beat\b.* was cut short.* Beat\b/s);
});

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

const timeIn = async (path: string): Promise<bigint> => BigInt((await readFile(path, 'utf8')).trim() || 0);

/** What wrote a file ten times a second does not any more. */
async function expectStill(path: string): Promise<void> {
  const before = await timeIn(path);
  const began = process.hrtime.bigint();
  await eventually('half a second has passed', () => process.hrtime.bigint() - began > 500_000_000n);
  expect(await timeIn(path)).toBe(before);
}
