import { randomUUID } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import type { JobGateway, JobRunnerInfo } from '../contract/jobs.ts';
import { leaseSeconds, ownIdentity } from '../modules/runners/index.ts';
import { createJobGateway } from '../modules/runs/index.ts';
import { secretsForJob, variablesForJob } from '../modules/variables/index.ts';
import { type IsolationChoice, openLauncher } from '../platform/processes/index.ts';
import { packageRoot } from '../platform/settings.ts';
import type { JobSettings } from '../runner/jobs/jobSettings.ts';
import { runLeasedJob } from '../runner/jobs/runLeasedJob.ts';
import { type Runner, startRunner } from '../runner/runner.ts';
import { actionPlaces } from '../workflows/actions/index.ts';
import { machineEnvOf } from '../workflows/run/index.ts';
import type { Core } from './core.ts';

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
  const gateway = gatewayOf(core);
  const info: JobRunnerInfo = {
    id: randomUUID(),
    name: options.name ?? hostname(),
    host: hostname(),
    pid: process.pid,
    identity: { ...ownIdentity() },
    labels: options.labels ?? usualLabels(),
    capacity: options.capacity ?? Math.max(2, availableParallelism()),
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
    stop: async (reason) => {
      await runner.stop(reason);
      launcher.close();
    },
  };
}

const gatewayOf = ({ db, now, paths, feed, settings, secrets }: Core): JobGateway =>
  createJobGateway({
    db,
    now,
    paths,
    feed,
    publicUrl: settings.urlPrefix,
    values: {
      secrets: (repositoryId, environment) =>
        secretsForJob(secrets, { repositoryId, environment, trusted: true }),
      variables: (repositoryId, environment) => variablesForJob(db, { repositoryId, environment }),
    },
  });

/** What a machine of this kind is called in `runs-on`. */
export const usualLabels = (): string[] => [
  'ubuntu',
  'debian',
  'linux',
  'self-hosted',
  process.arch === 'arm64' ? 'arm64' : 'x64',
];

function settingsOf({ paths }: Core, { isolation = 'auto', visible = [] }: JobRunnerOptions): JobSettings {
  return {
    machineEnv: machineEnvOf(process.env),
    isolation,
    limits: {},
    actionPlaces: actionPlaces([], process.env),
    actionCache: paths.actions,
    visible: [paths.actions, packageRoot, ...visible],
    logFile: paths.jobLog,
    artifacts: paths.artifacts,
    caches: paths.caches,
    repository: async ({ repositoryId }) => paths.mirror(repositoryId),
  };
}
