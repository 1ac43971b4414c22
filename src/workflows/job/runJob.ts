import type { JobResult, JobSpec } from '../plan/jobSpec.ts';
import type { JobHost } from '../run/jobHost.ts';
import { Masks } from './output/masks.ts';
import { Observer } from './output/observer.ts';
import { endJob } from './phases/endJob.ts';
import { runSteps } from './phases/runSteps.ts';
import { setUpJob } from './phases/setUpJob.ts';
import { watchDisk } from './phases/watchDisk.ts';
import { watchJob } from './phases/watchJob.ts';

/**
 * Runs a job on this machine, and tells `host.observe` of it as it happens. All its processes are gone when it
 * answers. Rejects only when `host.observe` does, or when this machine lacks what no job can do without.
 */
export async function runJob(spec: JobSpec, host: JobHost): Promise<JobResult> {
  const startedAt = performance.now();
  const { ACTIONS_RUNTIME_TOKEN: token = '' } = host.serviceEnv;
  const masks = new Masks([...Object.values(host.secrets), ...(token === '' ? [] : [token])]);
  const observer = new Observer(host.observe, spec.key);
  await observer.tell({ kind: 'job_started', name: spec.name });
  const setUp = await setUpJob(spec, host, observer, masks);
  if ('refused' in setUp)
    return finish(observer, spec, startedAt, {
      conclusion: setUp.cancelled ? 'cancelled' : 'failure',
      outputs: {},
      detail: setUp.refused,
      summary: '',
    });
  const { job } = setUp;
  const watch = watchJob(job);
  const disk = watchDisk(job);
  try {
    await runSteps(job);
  } catch (error) {
    await job.place.end();
    await job.group?.remove();
    throw error;
  } finally {
    watch.dispose();
    disk.dispose();
  }
  const end = await endJob(job);
  await host.inspect?.((text) => masks.text(text));
  return finish(observer, spec, startedAt, end);
}

async function finish(
  observer: Observer,
  spec: JobSpec,
  startedAt: number,
  end: JobResult & { readonly detail: string | null; readonly summary: string },
): Promise<JobResult> {
  const { conclusion, outputs } = end;
  const durationMs = Math.round(performance.now() - startedAt);
  await observer.tell({ kind: 'job_finished', name: spec.name, durationMs, ...end });
  return { conclusion, outputs };
}
