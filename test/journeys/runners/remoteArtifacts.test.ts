import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api } from '../../../src/contract/index.ts';
import { forgetOldArtifacts } from '../../../src/modules/runs/index.ts';
import { getting, puttingUp } from '../../harness/artifactActions.ts';
import { createRemoteRunnersTest } from '../../harness/remoteRunners.ts';
import { scoped } from '../../harness/scoped.ts';

const hourMs = 3_600_000;

test('what a job on one machine puts up, a job on another gets, and people do, whatever the clocks say', {
  timeout: 120_000,
}, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  const [one, two] = ['one', 'two'].map((name) => ({
    args: ['--labels', name],
    state: join(slipway.scratch, name),
  }));
  await slipway.runner({ ...one, clockAheadMs: hourMs });
  await slipway.runner({ ...two, clockAheadMs: -hourMs });
  const run = await slipway.push(
    `  up:
    runs-on: one
    steps: [{ uses: actions/checkout@v4 }, { uses: ./up }]
  down:
    needs: up
    runs-on: two
    steps: [{ uses: actions/checkout@v4 }, { uses: ./down }]`,
    { ...puttingUp('tides', "'high tide '.repeat(100000)"), ...getting('tides') },
  );
  const jobs = await slipway.over(run);
  expect(jobs.map(({ conclusion, reason }) => ({ conclusion, reason }))).toEqual([
    { conclusion: 'success', reason: null },
    { conclusion: 'success', reason: null },
  ]);
  expect(await slipway.log(jobs[1] ?? { id: 0 })).toContain('it has 1000000 bytes');

  const { machine, core } = slipway.server;
  for (const { id, steps } of jobs) {
    const { items } = await machine.call(api.jobLogLines, { params: { job: id } });
    const times = [
      ...steps.flatMap((step) => [step.started_at, step.finished_at]),
      ...items.map(({ time }) => time),
    ];
    for (const time of times) expect(Math.abs(Date.parse(time ?? '') - Date.now())).toBeLessThan(hourMs / 2);
  }

  const { items } = await machine.call(api.listArtifacts, { params: { run } });
  expect(items).toMatchObject([{ name: 'tides', file: 'tides.zip', size_bytes: 1_000_000 }]);
  const whole = await machine.fetchRaw(api.downloadArtifact, { params: { run, name: 'tides' } });
  expect((await whole.text()).length).toBe(1_000_000);
  const headers = { range: 'bytes=5-8' };
  const part = await machine.fetchRaw(api.downloadArtifact, { params: { run, name: 'tides' } }, { headers });
  expect([part.status, await part.text()]).toEqual([206, 'tide']);

  await forgetOldArtifacts(core.paths, new Date(Date.now() - 60_000));
  expect((await machine.call(api.listArtifacts, { params: { run } })).items).toHaveLength(1);
  await forgetOldArtifacts(core.paths, new Date(Date.now() + 60_000));
  expect((await machine.call(api.listArtifacts, { params: { run } })).items).toEqual([]);
});
