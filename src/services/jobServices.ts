import type { IncomingMessage } from 'node:http';
import { servicesOriginHeader, servicesPath } from '../contract/runnerWire.ts';
import type { JobServices, ServedJob } from '../modules/remoteRunners/index.ts';
import type { DataPaths } from '../platform/dataPaths.ts';
import { openServiceDesk, type ServiceDesk } from '../workflows/actions/index.ts';

/** Answers jobs on other machines out of the same directories that those on this machine use. */
export function createJobServices(paths: Pick<DataPaths, 'artifacts' | 'caches'>): JobServices {
  const open = new Map<number, { token: string; desk: Promise<ServiceDesk> }>();

  function deskOf({ lease, job }: ServedJob, request: IncomingMessage): Promise<ServiceDesk> {
    const found = open.get(lease.id);
    if (found?.token === lease.token) return found.desk;
    void found?.desk.then((desk) => desk.close());
    const defaultRef = `refs/heads/${job.default_branch ?? 'main'}`;
    const desk = openServiceDesk({
      artifacts: paths.artifacts(job.run_id),
      cache: paths.caches(job.repository_id),
      scopes: job.ref === defaultRef ? [job.ref] : [job.ref, defaultRef],
      ids: { runBackendId: `run-${job.run_id}`, jobBackendId: `job-${job.id}` },
      origin: originOf(request),
      // Uploads go on when this server is started anew.
      lasting: { owner: `job-${job.id}-${lease.token.slice(0, 8)}`, secret: lease.token },
    });
    open.set(lease.id, { token: lease.token, desk });
    // One that could not be opened, as on a full disk, is opened by who asks next.
    void desk.catch(() => {
      if (open.get(lease.id)?.desk === desk) open.delete(lease.id);
    });
    return desk;
  }

  async function end(jobId: number): Promise<void> {
    const found = open.get(jobId);
    open.delete(jobId);
    await (await found?.desk)?.close();
  }

  return {
    async answer(served, request, response) {
      const desk = await deskOf(served, request);
      const path = `/api/v1${servicesPath(served.lease.id)}`;
      await desk.answer((request.url ?? '').slice(path.length), request, response);
    },
    end,
    // Nothing is discarded: a server that ends is no end of a job.
    close: async () => open.clear(),
  };
}

/** Where the job finds its services: its runner's loopback, and nothing else. */
function originOf({ headers }: IncomingMessage): string {
  const origin = headers[servicesOriginHeader];
  return typeof origin === 'string' && /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(origin)
    ? origin
    : 'http://127.0.0.1:1';
}
