import { createHash, randomUUID } from 'node:crypto';
import { mkdtempDisposable, readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { scoped } from '../../test/harness/scoped.ts';
import { servicesOriginHeader, servicesPath } from '../contract/runnerWire.ts';
import { proxyServices } from '../workflows/actions/index.ts';
import { createJobServices } from './jobServices.ts';

const lease = { id: 7, token: randomUUID() };
const job = { id: 7, run_id: 1, repository_id: 1, ref: 'refs/heads/main', default_branch: 'main' };

/** A server of the services that can be killed, and started again where it was. */
async function backend(directory: string) {
  const paths = {
    artifacts: (run: number) => join(directory, `artifacts-${run}`),
    caches: (repository: number) => join(directory, `caches-${repository}`),
  };
  let server: Server;
  let port = 0;
  const start = async () => {
    const services = createJobServices(paths);
    server = createServer((request, response) => void services.answer({ lease, job }, request, response));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    return services;
  };
  const kill = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await start();
  onTestFinished(kill);
  return { paths, start, kill, url: `http://127.0.0.1:${port}/api/v1${servicesPath(lease.id)}` };
}

test('an upload goes on when the server is started anew in its middle, and what is sent meanwhile waits', async () => {
  const { path } = await scoped(mkdtempDisposable(join(tmpdir(), 'slipway-job-services-')));
  const { url, start, kill, paths } = await backend(path);
  const services = await proxyServices({
    run: 'run-1',
    directory: join(path, 'proxy'),
    target: (target) => url + target,
    headers: (origin) => ({ [servicesOriginHeader]: origin }),
  });
  onTestFinished(() => services.close());
  const { ACTIONS_RESULTS_URL: origin = '', ACTIONS_RUNTIME_TOKEN: token = '' } = services.env;
  const call = async (method: string, body: object) => {
    const address = `${origin}twirp/github.actions.results.api.v1.ArtifactService/${method}`;
    const headers = { authorization: `Bearer ${token}` };
    const text = JSON.stringify({ workflow_run_backend_id: 'run-1', name: 'tides', ...body });
    const response = await fetch(address, { method: 'POST', headers, body: text });
    return (await response.json()) as Record<string, string>;
  };
  const { signed_upload_url: address = '' } = await call('CreateArtifact', { version: 4 });
  const put = async (query: string, body: string) =>
    (await fetch(`${address}&${query}`, { method: 'PUT', body })).status;
  expect(await put('comp=block&blockid=YQ==', 'high ')).toBe(201);

  await kill();
  const meanwhile = put('comp=block&blockid=Yg==', 'tide');
  await start();
  expect(await meanwhile).toBe(201);
  const list = '<BlockList><Latest>YQ==</Latest><Latest>Yg==</Latest></BlockList>';
  expect(await put('comp=blocklist', list)).toBe(201);
  await kill();
  await start();
  const ended = { size: '9', hash: `sha256:${createHash('sha256').update('high tide').digest('hex')}` };
  expect(await call('FinalizeArtifact', ended)).toMatchObject({ ok: true, artifact_id: '1' });
  // Whoever did not hear the answer asks again.
  expect(await call('FinalizeArtifact', ended)).toMatchObject({ ok: true, artifact_id: '1' });

  const { signed_url: download = '' } = await call('GetSignedArtifactURL', {});
  await kill();
  const last = await start();
  expect(await (await fetch(download)).text()).toBe('high tide');
  await last.end(lease.id);
  expect(await readdir(paths.artifacts(1))).toEqual(['tides']);
});
