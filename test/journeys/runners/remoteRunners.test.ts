import { expect, onTestFinished, test } from 'vitest';
import { api } from '../../../src/contract/index.ts';
import { findUnkept } from '../../../src/platform/processes/index.ts';
import { startCuttingProxy } from '../../harness/cuttingProxy.ts';
import { createRemoteRunnersTest } from '../../harness/remoteRunners.ts';
import { scoped } from '../../harness/scoped.ts';

test('a runner on another machine checks out, runs, pushes, logs and reports', {
  timeout: 120_000,
}, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const runner = await slipway.runner({ args: ['--name', 'far-away', '--processes', '300'] });
  const run = await slipway.push(
    `  build:
    runs-on: self-hosted
    permissions: { contents: write }
    steps:
      - uses: actions/checkout@v4
      - run: cat tides.txt && git log --format=%s -1
      - run: git push origin HEAD:refs/heads/by-a-job 2>&1 && git fetch origin by-a-job
  after:
    needs: build
    runs-on: linux
    steps:
      - run: |
          group=$(sed -n 's/^[0-9]*:pids://p; s/^0:://p' /proc/self/cgroup | head -1)
          echo "may have $(cat /sys/fs/cgroup/pids$group/pids.max /sys/fs/cgroup$group/pids.max 2> /dev/null)"`,
    { 'tides.txt': 'high at noon\n' },
  );
  const jobs = await slipway.over(run);
  expect(
    jobs.map(({ conclusion, reason }) => ({ conclusion, reason })),
    runner.printed(),
  ).toEqual([
    { conclusion: 'success', reason: null },
    { conclusion: 'success', reason: null },
  ]);
  const [build, after] = jobs;
  expect(build?.runner).toBe('far-away');
  const log = await slipway.log(build ?? { id: 0 });
  expect(log).toContain('high at noon\nChange file.txt\n');
  expect(log.match(/high at noon/g)).toHaveLength(1);
  if ((await findUnkept({})) === undefined)
    expect(await slipway.log(after ?? { id: 0 })).toContain('may have 300\n');
  const { items: refs } = await slipway.server.machine.call(api.listRefs, {
    params: { repository: 'harbor' },
    query: { search: 'by-a-job' },
  });
  expect(refs).toHaveLength(1);
  runner.child.kill('SIGTERM');
  expect(await runner.ended).toBe(0);
});

test('connections are cut at random: nothing of the log is lost, and nothing doubled', {
  timeout: 180_000,
}, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const random = seeded(7);
  const proxy = await startCuttingProxy(slipway.server.address, ({ url = '' }, cuts) => {
    // Git starts a fetch over, and has to get through once.
    if (url.startsWith('/git/') && cuts > 8) return undefined;
    const dice = random();
    if (dice < 0.3) return 'before-answer';
    return dice < 0.4 ? { afterBytes: Math.floor(random() * 200) } : undefined;
  });
  onTestFinished(() => proxy.close());
  await slipway.runner({ url: proxy.url });
  const lines = 40_000;
  const run = await slipway.push(`  build:
    runs-on: linux
    steps:
      - run: for i in $(seq 1 200); do echo "slow $i"; read -t 0.01 < /dev/zero || true; done
      - run: seq -f 'line %.0f of the tide table' 1 ${lines}`);
  const job = await slipway.until(run, 'the job is over', ({ state }) => state === 'completed');
  expect(job).toMatchObject({ conclusion: 'success', reason: null });
  expect(proxy.cuts()).toBeGreaterThan(10);
  const log = (await slipway.log(job)).split('\n');
  const expected = Array.from({ length: lines }, (_, i) => `line ${i + 1} of the tide table`);
  expect(log.filter((line) => line.startsWith('line '))).toEqual(expected);
  expect(log.filter((line) => line.startsWith('slow '))).toHaveLength(200);
  const { items } = await slipway.server.machine.call(api.jobLogLines, {
    params: { job: job.id },
    query: { from: 1, limit: 200 },
  });
  const times = items.map(({ time }) => Date.parse(time ?? ''));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times).size).toBeGreaterThan(5);
});

/** The same numbers each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
