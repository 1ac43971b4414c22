import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { JobRunnerInfo } from '../contract/jobs.ts';
import { leaseSeconds } from '../modules/runners/index.ts';
import { openLogWriter } from '../platform/logfiles/index.ts';
import { type IsolationChoice, openLauncher, ownIdentity } from '../platform/processes/index.ts';
import { packageRoot } from '../platform/settings.ts';
import type { JobSettings } from '../runner/jobs/jobSettings.ts';
import { runLeasedJob } from '../runner/jobs/runLeasedJob.ts';
import { type Runner, startRunner } from '../runner/runner.ts';
import { actionPlaces, startServices } from '../workflows/actions/index.ts';
import { machineEnvOf } from '../workflows/run/index.ts';
import type { Core } from './core.ts';
import { jobGatewayOf } from './jobGateway.ts';
import { usualCapacity, usualLabels } from './machineLabels.ts';

export interface JobRunnerOptions {
  readonly isolation?: IsolationChoice;
  readonly labels?: readonly string[];
  readonly capacity?: number;
  readonly name?: string;
  /** Paths that jobs see although they lie in the machine's `/tmp`. */
  readonly visible?: readonly string[];
}

/** A runner of jobs on the database itself. */
export async function startJobRunnerService(core: Core, options: JobRunnerOptions = {}): Promise<Runner> {
  const gateway = jobGatewayOf(core);
  const info: JobRunnerInfo = {
    id: randomUUID(),
    name: options.name ?? hostname(),
    host: hostname(),
    pid: process.pid,
    identity: { ...ownIdentity() },
    labels: options.labels ?? usualLabels(),
    capacity: options.capacity ?? usualCapacity(),
  };
  const launcher = await openLauncher(process.env);
  const settings = { ...settingsOf(core, options), launcher };
  const runner = await startRunner({
    info,
    gateway,
    run: (assignment, place) => runLeasedJob(assignment, place, gateway, settings),
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

function settingsOf({ paths }: Core, { isolation = 'auto', visible = [] }: JobRunnerOptions): JobSettings {
  return {
    machineEnv: machineEnvOf(process.env),
    isolation,
    limits: {},
    actionPlaces: actionPlaces([], process.env),
    actionCache: paths.actions,
    visible: [paths.actions, packageRoot, ...visible],
    openLog: ({ lease }) => openLogWriter(paths.jobLog(lease.id)),
    services: ({ runId, repositoryId, cacheScopes }) =>
      startServices({
        artifacts: paths.artifacts(runId),
        cache: paths.caches(repositoryId),
        scopes: cacheScopes,
        run: `run-${runId}`,
      }),
    repository: async ({ repositoryId }) => paths.mirror(repositoryId),
  };
}
