import { openLogWriter } from '../platform/logfiles/index.ts';
import type { IsolationChoice } from '../platform/processes/index.ts';
import { packageRoot } from '../platform/settings.ts';
import type { JobSettings } from '../runner/jobs/jobSettings.ts';
import { actionPlaces, startServices } from '../workflows/actions/index.ts';
import { type JobLimits, machineEnvOf } from '../workflows/run/index.ts';
import type { Core } from './core.ts';

export { runLeasedJob } from '../runner/jobs/runLeasedJob.ts';

export interface JobRunnerOptions {
  readonly isolation?: IsolationChoice;
  readonly labels?: readonly string[];
  readonly capacity?: number;
  /** Undefined: those of the settings. */
  readonly limits?: JobLimits;
  readonly name?: string;
  /** Paths that jobs see although they lie in the machine's `/tmp`. */
  readonly visible?: readonly string[];
}

/** What jobs are run with by a runner beside its server. */
export function settingsOf(
  { paths, settings }: Core,
  { isolation = settings.jobIsolation, visible = [], limits = settings.jobLimits }: JobRunnerOptions,
): JobSettings {
  return {
    machineEnv: machineEnvOf(process.env),
    isolation,
    limits,
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
    slipwayUrl: null,
  };
}
