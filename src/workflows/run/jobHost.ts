import type { IsolationChoice, Launcher, ReadyPlace } from '../../platform/processes/index.ts';
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
  /** Looks at what the job left when all its processes are gone, before its end is told. `mask` hides its secrets. */
  readonly inspect?: ((mask: (text: string) => string) => Promise<void>) | undefined;
  readonly isolation: IsolationChoice | 'none' | 'container';
  /** What jobs run in that ask for no container, where isolation is by containers. */
  readonly image?: string | null | undefined;
  /** Starts its processes; undefined: this process does. */
  readonly launcher?: Launcher | undefined;
  /** Whether the launcher and all that it starts are in a group with limits: the job has one of its own only for its own. */
  readonly sharesGroup?: boolean | undefined;
  /** Made ahead for this job, and closed by whoever made it. */
  readonly ready?: ReadyPlace | undefined;
  readonly limits: JobLimits;
  /** INT, TERM, KILL in this order; steps whose conditions still hold run afterwards. */
  readonly cancel: AbortSignal;
  /** KILL at once, and no step more: for who cancels a second time. */
  readonly kill?: AbortSignal | undefined;
  /** Undefined: what GitHub's runner does. */
  readonly patience?: StopPatience | undefined;
  /** Names the job's processes on this machine. */
  readonly marker: string;
  readonly debug: boolean;
}

export interface JobDirectories {
  /** GITHUB_WORKSPACE. */
  readonly workspace: string;
  readonly home: string;
  /** RUNNER_TEMP. What is in the job's own `/tmp` lies in it too. */
  readonly temporary: string;
  readonly toolCache: string;
  /** Paths that steps must see although they lie in `/tmp`, which is the job's own where this machine can do it. */
  readonly visible?: readonly string[] | undefined;
}

/** How long a step that is stopped may take over it, in ms. */
export interface StopPatience {
  /** From INT to TERM. */
  readonly interruptMs: number;
  /** From TERM to KILL. */
  readonly terminateMs: number;
  /** What still runs when a job was cancelled (`always()`, post steps) has this long, all in all. */
  readonly cancelledMs: number;
}

/** Nothing may use more; what does ends, and says so. Undefined: as much as there is. */
export interface JobLimits {
  readonly memoryBytes?: number | undefined;
  readonly processes?: number | undefined;
  readonly diskBytes?: number | undefined;
  readonly logBytes?: number | undefined;
}
