import type { IsolationChoice } from '../../platform/processes/index.ts';
import type { ActionSource } from '../actions/actionSource.ts';
import type { Observe } from './events.ts';

/** What a job is given by whoever runs it. */
export interface JobHost {
  /** Made for this job alone, and removed by whoever made it. */
  readonly directories: JobDirectories;
  /** `PATH`, `LANG` and the like: what the job inherits of this machine. */
  readonly machineEnv: Readonly<Record<string, string>>;
  /** What the official actions find this run's services by: `ACTIONS_RESULTS_URL`, `ACTIONS_RUNTIME_TOKEN`. */
  readonly serviceEnv: Readonly<Record<string, string>>;
  /** By name; all are masked. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly actions: ActionSource;
  readonly observe: Observe;
  readonly isolation: IsolationChoice | 'none';
  readonly limits: JobLimits;
  /** INT, TERM, KILL in this order; steps whose conditions still hold run afterwards. Aborted again: KILL at once. */
  readonly cancel: AbortSignal;
  /** Names the job's processes on this machine. */
  readonly marker: string;
  readonly debug: boolean;
}

export interface JobDirectories {
  /** GITHUB_WORKSPACE. */
  readonly workspace: string;
  readonly home: string;
  /** RUNNER_TEMP. */
  readonly temporary: string;
  readonly toolCache: string;
}

/** Nothing may use more; what does ends, and says so. Undefined: as much as there is. */
export interface JobLimits {
  readonly memoryBytes?: number | undefined;
  readonly processes?: number | undefined;
  readonly diskBytes?: number | undefined;
  readonly logBytes?: number | undefined;
}
