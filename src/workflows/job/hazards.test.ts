import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findUnkept } from '../../platform/processes/index.ts';
import { notWritten } from './files/notWritten.ts';
import { findLeftovers } from './testing/findLeftovers.ts';
import { startJob } from './testing/startJob.ts';

test('what a step leaves running is there for the next, and gone with the job', async () => {
  const marker = `job-hazard-${process.pid}-background`;
  const job = await startJob(
    [
      { run: 'setsid sh -c "while :; do echo noise; sleep 0.01; done" &\necho $! > pid; echo started' },
      { run: 'sleep 0.2; kill -0 $(cat pid) && echo alive' },
    ],
    { host: { marker } },
  );
  expect(job.output.replaceAll('noise\n', '')).toBe('started\nalive\n');
  expect(findLeftovers(marker)).toEqual([]);
});

test('a step that closes its output goes on, and its end is told', async () => {
  const job = await startJob([{ run: 'exec >&- 2>&-; sleep 0.1; exit 5' }]);
  expect(job.steps[0]).toContain('exit code 5');
});

test('a line of 400 MB without an end passes in bounded memory, in pieces of whole characters', {
  timeout: 120_000,
}, async () => {
  const before = process.memoryUsage.rss();
  let bytes = 0;
  let peak = 0;
  let events = 0;
  await startJob([{ run: "head -c 400000000 /dev/zero | tr '\\0' x; printf 'é'" }], {
    onEvent: (event) => {
      if (event.kind !== 'output') return;
      events += 1;
      bytes += event.text.length;
      peak = Math.max(peak, process.memoryUsage.rss());
    },
    host: { secrets: { TOKEN: 'hunter2-hunter2' } },
    keepsOutput: false,
  });
  expect(bytes).toBeGreaterThan(400_000_000);
  expect(events).toBeLessThan(20_000);
  expect(peak - before).toBeLessThan(250_000_000);
});

test('a million lines come in chunks, all of them', { timeout: 60_000 }, async () => {
  let lines = 0;
  let events = 0;
  const job = await startJob([{ run: 'seq 1000000' }], {
    onEvent: (event) => {
      if (event.kind !== 'output') return;
      events += 1;
      lines += event.text.split('\n').length - 1;
    },
  });
  expect(lines).toBeGreaterThanOrEqual(1_000_000);
  expect(job.output.endsWith('\n1000000\n')).toBe(true);
  expect(events).toBeLessThan(5_000);
});

test('a GITHUB_OUTPUT of 100 MB is refused in words', async () => {
  const job = await startJob([
    { run: 'head -c 100000000 /dev/zero | tr "\\0" x >> $GITHUB_OUTPUT' },
    { run: 'ln -sf /dev/zero $GITHUB_ENV' },
    { run: 'rm $GITHUB_OUTPUT; mkfifo $GITHUB_OUTPUT', if: 'always()' },
    { run: 'rm $GITHUB_PATH; mkdir $GITHUB_PATH', if: 'always()' },
    { run: 'rm $GITHUB_PATH', if: 'always()' },
  ]);
  expect(job.steps[0]).toContain(
    '($GITHUB_OUTPUT was not taken: it has 95.4 MiB, and 16 MiB is the most that is taken)',
  );
  expect(job.steps.slice(2).map((step) => step.slice(step.indexOf(': ')))).toEqual([
    ': failure ($GITHUB_OUTPUT was not taken: the step put something in its place that is no file)',
    ': failure ($GITHUB_PATH was not taken: the step put something in its place that is no file)',
    ': success',
  ]);
});

test('a log that is too long is cut with a line that says so', async () => {
  const job = await startJob([{ run: 'seq 100000; exit 3' }, { run: 'echo more', if: 'always()' }], {
    host: { limits: { logBytes: 1000 } },
  });
  expect(job.output).toMatch(
    /\n\[slipway\] the log is cut here: the job has written the 1000 bytes that it may\n$/,
  );
  expect(job.output.length).toBeLessThan(1200);
  expect(job.steps).toEqual(['Run seq 100000; exit 3: failure (exit code 3)', 'Run echo more: success']);
});

test('whoever watches and is slow holds the step up', async () => {
  const gate = Promise.withResolvers<void>();
  let held = 0;
  const running = startJob([{ run: 'head -c 2000000 /dev/zero | tr "\\0" "\\n"; echo done > finished' }], {
    onEvent: (event) => {
      if (event.kind !== 'output' || event.step === 1) return;
      held += event.text.length;
      return gate.promise;
    },
  });
  await expect.poll(() => held, { interval: 5 }).toBeGreaterThan(0);
  expect(held).toBeLessThanOrEqual(128 * 1024);
  gate.resolve();
  await running;
  expect(held).toBe(2_000_000);
});

test('whoever watches and fails ends the job with all its processes', async () => {
  const marker = `job-hazard-${process.pid}-observer`;
  const failing = startJob([{ run: 'setsid sleep 50 & echo x; sleep 50' }], {
    host: { marker },
    onEvent: (event) => {
      if (event.kind === 'output' && event.step > 1) throw new Error('disk on fire');
    },
  });
  await expect(failing).rejects.toThrow('disk on fire');
  expect(findLeftovers(marker)).toEqual([]);
});

test('a step whose files cannot be written fails by itself, and the job goes on', async () => {
  const job = await startJob(
    [
      { run: 'mv "$RUNNER_TEMP" "$RUNNER_TEMP.away"; touch "$RUNNER_TEMP"' },
      { run: 'echo no', if: 'always()' },
    ],
    { host: { isolation: 'none' } },
  );
  expect(job.steps[1]).toMatch(/failure \(what the job needs could not be written: ENOTDIR/);
  const full = notWritten(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }));
  expect(full?.message).toContain('no space is left on the disk');
});

const tests = { timeout: 60_000 };

test('a job that wants more memory or processes than it may is told so', tests, async () => {
  const job = await startJob(
    [
      { run: 'python3 -c \'x = b"x" * 400_000_000; print(len(x))\'' },
      { run: 'for i in $(seq 100); do sleep 20 & done', if: 'always()' },
      { run: 'echo fine', if: 'always()' },
    ],
    { host: { limits: { memoryBytes: 100_000_000, processes: 40 } } },
  );
  const byGroup = job.events.some(
    (event) => event.kind === 'output' && event.text.includes('processes: cgroup'),
  );
  expect(job.steps[0]).toContain(': failure (');
  if (byGroup) {
    expect(job.steps[0]).toContain('the job reached its limit of 95.4 MiB of memory');
    expect(job.steps[1]).toContain('the job reached its limit of 40 processes');
  }
});

/** As for root, mostly. */
const countsProcesses = (await findUnkept({})) === undefined;

test.skipIf(!countsProcesses)(
  'without namespaces and limits a job ends what hides from it, and has not all processes of the machine',
  async () => {
    const job = await startJob(
      [
        {
          run: `group=$(sed -n 's/^[0-9]*:pids://p; s/^0:://p' /proc/self/cgroup | head -1)
          cat /sys/fs/cgroup/pids$group/pids.max /sys/fs/cgroup$group/pids.max 2> /dev/null || true
          setsid -f env -i /bin/sh -c 'trap "" TERM; echo $$ > pid; exec sleep 300'
          until [ -s pid ]; do :; done; echo "hidden $(cat pid)"`,
        },
      ],
      { host: { isolation: 'none' } },
    );
    const hidden = Number(/hidden (\d+)/.exec(job.output)?.[1]);
    expect(job.output).toContain('8192\n');
    await expect.poll(() => existsSync(`/proc/${hidden}`)).toBe(false);
  },
);

test('a step that fills the disk is stopped at the limit', tests, async () => {
  const job = await startJob(
    [
      { run: 'trap "" INT; while :; do head -c 10000000 /dev/zero >> /tmp/big; sleep 0.05; done' },
      { run: 'rm -f /tmp/big', if: 'always()' },
    ],
    { host: { limits: { diskBytes: 100_000_000 }, isolation: 'auto' } },
  );
  expect(job.steps[0]).toMatch(
    /failure \(stopped: the files of the job take \d+(\.\d)? MiB, and it may use 95.4 MiB\)$/,
  );
});
