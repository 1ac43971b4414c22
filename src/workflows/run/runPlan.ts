import { AppError } from '../../platform/errors.ts';
import type { IsolationChoice, Launcher } from '../../platform/processes/index.ts';
import type { ActionSource } from '../actions/index.ts';
import { notWritten, readyPlaceFor, runJob } from '../job/index.ts';
import { type Conclusion, type JobResult, type JobSpec, type Plan, secretsOf } from '../plan/index.ts';
import type { Observe, RunEvent } from './events.ts';
import type { JobHost, JobLimits } from './jobHost.ts';
import { type MadePlace, makeAhead, type PlacesAhead } from './place/makeAhead.ts';
import type { JobPlace, JobPlaces } from './place/workspaces.ts';
import { schedule } from './schedule.ts';

/** What the jobs of a plan are run with. */
export interface PlanHost {
  readonly places: JobPlaces;
  readonly actions: ActionSource;
  readonly machineEnv: Readonly<Record<string, string>>;
  readonly serviceEnv: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly observe: Observe;
  readonly isolation: IsolationChoice | 'none' | 'container';
  readonly image: string | null;
  readonly launcher: Launcher | undefined;
  readonly limits: JobLimits;
  /** Paths that jobs read although they lie in the machine's `/tmp`. */
  readonly visible: readonly string[];
  readonly cancel: AbortSignal;
  readonly kill: AbortSignal;
  readonly atOnce: number;
  readonly keep: boolean;
  /** Begins the marker of each of its processes. */
  readonly marker: string;
  readonly debug: boolean;
}

/** Runs a plan to its conclusion, and tells of it. No process of it is left then. */
export async function runPlan(plan: Plan, host: PlanHost): Promise<Conclusion> {
  const began = performance.now();
  const { observe } = host;
  const removals: Promise<void>[] = [];
  const places = makeAhead(host.places, {
    most: countJobs(plan) ?? 0,
    ahead: host.places.areSmall ? Math.min(host.atOnce, mostAhead) : 0,
    ready: (place) => readyPlaceFor(placeHost(host, place)),
  });
  await observe(startOf(plan));
  const conclusion = await schedule({
    plan,
    atOnce: host.atOnce,
    cancel: host.cancel,
    run: (spec, cancel) => runInPlace(spec, host, cancel, { places, removals }),
    skipped: ({ key, name, conclusion, reason, condition }) =>
      void observe({ at: now(), kind: 'job_skipped', job: key, name, conclusion, reason, condition }),
  }).finally(() => places.close());
  await observe({
    at: now(),
    kind: 'run_finished',
    conclusion,
    durationMs: Math.round(performance.now() - began),
  });
  await Promise.all(removals);
  return conclusion;
}

/** Places that wait for jobs are processes that wait. */
const mostAhead = 4;

const now = (): string => new Date().toISOString();

function startOf(plan: Plan): RunEvent {
  const { github, name, runName, file } = plan;
  const event = String(github.event_name ?? '');
  return {
    at: now(),
    kind: 'run_started',
    name,
    title: runName,
    file,
    event,
    sha: String(github.sha ?? ''),
    jobs: countJobs(plan),
  };
}

/** How many jobs there will be; null when that depends on some of them. */
export function countJobs({ jobs }: Plan): number | null {
  let count = 0;
  for (const { kind, matrix } of jobs) {
    if (matrix.kind === 'deferred' || (kind === 'call' && matrix.kind !== 'none')) return null;
    if (kind === 'steps') count += matrix.kind === 'combinations' ? matrix.combinations.length : 1;
  }
  return count;
}

/** How many steps its jobs have at least. */
export function countSteps({ jobs }: Plan): number {
  let count = 0;
  for (const job of jobs) {
    if (job.kind !== 'steps') continue;
    count += job.steps.length * (job.matrix.kind === 'combinations' ? job.matrix.combinations.length : 1);
  }
  return count;
}

/** Never rejects: what no job can do without is missing for all, and each says so. */
async function runInPlace(
  spec: JobSpec,
  host: PlanHost,
  cancel: AbortSignal,
  { places, removals }: { readonly places: PlacesAhead; readonly removals: Promise<void>[] },
): Promise<JobResult> {
  let made: MadePlace | undefined;
  try {
    made = await places.take();
    return await runJob(spec, jobHost(spec, host, made, cancel));
  } catch (error) {
    return await failed(spec, host, error);
  } finally {
    await made?.ready?.close();
    // What withstands is met again when the whole directory is removed.
    if (made !== undefined && !host.keep) removals.push(made.place.remove().catch(() => undefined));
  }
}

/** What the place of a job goes by, whichever job it will be. */
function placeHost({ visible, isolation, launcher, limits, marker }: PlanHost, place: JobPlace) {
  const directories = { ...place.directories, visible };
  return {
    directories,
    isolation,
    launcher,
    sharesGroup: launcher !== undefined,
    limits,
    marker: `${marker}${place.number}`,
  };
}

function jobHost(spec: JobSpec, host: PlanHost, { place, ready }: MadePlace, cancel: AbortSignal): JobHost {
  const { machineEnv, serviceEnv, actions, observe, image, kill, debug } = host;
  return {
    ...placeHost(host, place),
    ready,
    machineEnv,
    serviceEnv,
    secrets: secretsOf(spec.secrets, spec.file, host.secrets),
    actions,
    observe,
    image,
    cancel,
    kill,
    debug,
  };
}

async function failed(spec: JobSpec, { observe }: PlanHost, error: unknown): Promise<JobResult> {
  const known = error instanceof AppError ? error : notWritten(error);
  const detail =
    known !== null ? known.message : `a fault of Slipway's: ${error instanceof Error ? error.stack : error}`;
  await observe({
    at: now(),
    kind: 'job_finished',
    job: spec.key,
    name: spec.name,
    conclusion: 'failure',
    detail,
    outputs: {},
    summary: '',
    durationMs: 0,
  });
  return { conclusion: 'failure', outputs: {} };
}
