import { join } from 'node:path';
import { expect, test } from 'vitest';
import { api } from '../../../src/contract/index.ts';
import { forgetOldArtifacts } from '../../../src/modules/runs/index.ts';
import { createRemoteRunnersTest } from '../../harness/remoteRunners.ts';
import { scoped } from '../../harness/scoped.ts';

/** What the official clients say, in their shortest form. */
const client = `
const ids = () => {
  const claims = JSON.parse(Buffer.from(process.env.ACTIONS_RUNTIME_TOKEN.split('.')[1], 'base64url'));
  const [, run, job] = claims.scp.split(' ')[1].split(':');
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
};
const call = async (method, body) => {
  const url = process.env.ACTIONS_RESULTS_URL + 'twirp/github.actions.results.api.v1.ArtifactService/' + method;
  const headers = { authorization: 'Bearer ' + process.env.ACTIONS_RUNTIME_TOKEN, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ ...ids(), ...body }) });
  if (!response.ok) throw new Error(method + ': ' + (await response.text()));
  return response.json();
};`;
const up = `${client}
(async () => {
  const { signed_upload_url: url } = await call('CreateArtifact', { name: 'tides', version: 4 });
  const body = 'high tide '.repeat(100000);
  await fetch(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body });
  await call('FinalizeArtifact', { name: 'tides', size: String(body.length) });
})();`;
const down = `${client}
(async () => {
  const { signed_url: url } = await call('GetSignedArtifactURL', { name: 'tides' });
  const text = await (await fetch(url)).text();
  console.log('it has ' + text.length + ' bytes');
})();`;
const action = 'name: x\nruns: { using: node24, main: index.js }';

test('what a job on one machine puts up, a job on another gets, and people do', {
  timeout: 120_000,
}, async () => {
  const slipway = await scoped(createRemoteRunnersTest());
  await slipway.runner({ args: ['--labels', 'one'], state: join(slipway.scratch, 'one') });
  await slipway.runner({ args: ['--labels', 'two'], state: join(slipway.scratch, 'two') });
  const run = await slipway.push(
    `  up:
    runs-on: one
    steps: [{ uses: actions/checkout@v4 }, { uses: ./up }]
  down:
    needs: up
    runs-on: two
    steps: [{ uses: actions/checkout@v4 }, { uses: ./down }]`,
    { 'up/action.yml': action, 'up/index.js': up, 'down/action.yml': action, 'down/index.js': down },
  );
  const jobs = await slipway.over(run);
  expect(jobs.map(({ conclusion, reason }) => ({ conclusion, reason }))).toEqual([
    { conclusion: 'success', reason: null },
    { conclusion: 'success', reason: null },
  ]);
  expect(await slipway.log(jobs[1] ?? { id: 0 })).toContain('it has 1000000 bytes');

  const { machine, core } = slipway.server;
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
