import type { JobAssignment } from '../../contract/jobs.ts';
import type { IsolationChoice, Launcher } from '../../platform/processes/index.ts';
import type { Services } from '../../workflows/actions/index.ts';
import type { JobLimits } from '../../workflows/run/index.ts';
import type { WorkPlace } from '../runner.ts';
import type { JobLog } from './jobLog.ts';

/** What jobs are run with on this machine. */
export interface JobSettings {
  /** `PATH`, `LANG` and the like: what jobs inherit of this machine. */
  readonly machineEnv: Readonly<Record<string, string>>;
  readonly isolation: IsolationChoice | 'none';
  readonly limits: JobLimits;
  /** Starts what jobs run, from a process that is small. */
  readonly launcher?: Launcher;
  /** Directories and git base URLs that actions of other repositories are taken from. */
  readonly actionPlaces: readonly string[];
  readonly actionCache: string;
  /** Paths that steps must see although they lie in `/tmp`. */
  readonly visible: readonly string[];
  /** Throws an `AppError` when it cannot be written. */
  openLog(assignment: JobAssignment, place: WorkPlace): Promise<JobLog>;
  /** Its artifacts and caches. */
  services(assignment: JobAssignment, place: WorkPlace): Promise<Services>;
  /** A bare repository on this machine that has the commit of a job. */
  repository(assignment: JobAssignment, signal: AbortSignal): Promise<string>;
  /** Where this machine finds Slipway; null: at its public address. */
  readonly slipwayUrl: string | null;
}
