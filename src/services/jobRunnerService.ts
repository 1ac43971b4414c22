import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { JobRunnerInfo } from '../contract/jobs.ts';
import { leaseSeconds } from '../modules/runners/index.ts';
import { findUnkept, openLauncher, ownIdentity } from '../platform/processes/index.ts';
import { type Runner, startRunner } from '../runner/runner.ts';
import type { Core } from './core.ts';
import type { JobRunnerOptions } from './jobEngine.ts';
import { jobGatewayOf } from './jobGateway.ts';
import { usualCapacity, usualLabels, withAbilities } from './machineLabels.ts';

/** A runner of jobs on the database itself. */
export async function startJobRunnerService(core: Core, options: JobRunnerOptions = {}): Promise<Runner> {
  const gateway = jobGatewayOf(core);
  const info: JobRunnerInfo = {
    id: randomUUID(),
    name: options.name ?? hostname(),
    host: hostname(),
    pid: process.pid,
    identity: { ...ownIdentity() },
    labels: options.labels ?? (await withAbilities(usualLabels())),
    capacity: options.capacity ?? usualCapacity(),
  };
  const unkept = await findUnkept(options.limits ?? core.settings.jobLimits);
  if (unkept !== undefined) core.log.warn(unkept);
  const launcher = await openLauncher(process.env);
  const engine = () => import('./jobEngine.ts');
  const runner = await startRunner({
    info,
    gateway,
    // Loaded with the first job: most of the memory of a runner that waits would be what it waits with.
    run: async (assignment, place) => {
      const { runLeasedJob, settingsOf } = await engine();
      return runLeasedJob(assignment, place, gateway, { ...settingsOf(core, options), launcher });
    },
    log: core.log,
    workspaces: core.paths.jobPlaces,
    capacity: info.capacity,
    leaseMs: leaseSeconds * 1000,
  });
  return {
    drain: () => runner.drain(),
    stop: async (reason) => {
      await runner.stop(reason);
      launcher.close();
    },
  };
}
