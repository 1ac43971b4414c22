import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobAssignment, JobEnd, JobGateway } from '../../contract/jobs.ts';
import type { TestReport } from '../../contract/testReports.ts';
import { AppError } from '../../platform/errors.ts';
import {
  mayAskServices,
  openActionSource,
  type RepositoryServer,
  type Services,
} from '../../workflows/actions/index.ts';
import { runJob } from '../../workflows/job/index.ts';
import { type JobSpec, secretsOf } from '../../workflows/plan/index.ts';
import { persistently } from '../persistently.ts';
import type { WorkPlace } from '../runner.ts';
import { Stop } from '../stop.ts';
import { type FollowedJob, followJob } from './followJob.ts';
import type { JobLog } from './jobLog.ts';
import type { JobSettings } from './jobSettings.ts';
import { makeJobPlace } from './makeJobPlace.ts';
import { collectTestResults } from './testResults/collectTestResults.ts';
import { resultGlobs } from './testResults/resultGlobs.ts';

/** Runs a job to its end, and reports it. Never throws for what a job can do. */
export async function runLeasedJob(
  assignment: JobAssignment,
  place: WorkPlace,
  gateway: JobGateway,
  settings: JobSettings,
): Promise<void> {
  const log = await settings.openLog(assignment, place).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  const end =
    log instanceof AppError ? notRun(log) : await runLogged({ assignment, place, gateway, settings, log });
  try {
    const { lease } = assignment;
    if (end instanceof Stop) await persistently(place.signal, () => gateway.release(lease, end.message));
    else if (end !== null) await persistently(place.signal, () => gateway.finish(lease, end));
    place.told();
  } finally {
    await rm(place.workspace, { recursive: true, force: true, maxRetries: 3 });
  }
}

interface LoggedJob {
  readonly assignment: JobAssignment;
  readonly place: WorkPlace;
  readonly gateway: JobGateway;
  readonly settings: JobSettings;
  readonly log: JobLog;
}

const notRun = (error: AppError): JobEnd => failure(`nothing was run: ${error.message}`);

const failure = (detail: string): JobEnd => ({ conclusion: 'failure', detail, outputs: {}, summary: '' });

/**
 * Null when the job is another's, and nothing may be told of it any more. The stop, when the runner itself was stopped:
 * whether the job failed or runs again is not for the runner to say.
 */
async function runLogged(job: LoggedJob): Promise<JobEnd | Stop | null> {
  const { assignment, place, gateway, log } = job;
  const follow = followJob(assignment.lease, gateway, log, place.signal);
  if (assignment.losses > 0)
    follow.say('the job runs again, from its start: what stands above was cut short');
  const end = await attempt(job, follow).catch((error: unknown) =>
    failure(
      error instanceof AppError
        ? error.message
        : `a fault of Slipway's: ${error instanceof Error ? error.stack : error}`,
    ),
  );
  const stop: unknown = place.signal.reason;
  if (end.detail !== null) follow.say(end.detail);
  await follow.close();
  await log.close();
  if (stop instanceof Stop && stop.kind === 'lost') return null;
  if (stop instanceof Stop && stop.kind === 'stopped') return stop;
  return log.incomplete === null
    ? end
    : { ...end, detail: [end.detail, log.incomplete].filter(Boolean).join('; ') };
}

async function attempt({ assignment, place, settings }: LoggedJob, follow: FollowedJob): Promise<JobEnd> {
  const spec = assignment.spec as JobSpec;
  const repository = await settings.repository(assignment, place.signal);
  const directories = await makeJobPlace(place.workspace, assignment.repository);
  let services: Services | null = null;
  let tests: TestReport | null = null;
  try {
    services = mayAskServices(spec.steps) ? await settings.services(assignment, place) : null;
    const secrets = secretsOf(spec.secrets, spec.file, {
      ...assignment.secrets,
      GITHUB_TOKEN: assignment.token,
    });
    const serverUrl = String(spec.contexts.github.server_url);
    const server = serverOf(assignment, spec, settings.slipwayUrl);
    await runJob(spec, {
      directories: { ...directories, visible: [repository, ...settings.visible] },
      machineEnv: settings.machineEnv,
      serviceEnv: services?.env ?? {},
      secrets,
      actions: openActionSource({
        places: settings.actionPlaces,
        directory: join(place.workspace, 'actions'),
        cacheDirectory: settings.actionCache,
        checkout: { commonDir: repository, copied: false, serverUrl, server },
        signal: place.signal,
      }),
      observe: follow.observe,
      inspect: async (mask) => {
        tests = await collectTestResults(directories.workspace, resultGlobs(spec), mask);
      },
      isolation: settings.isolation,
      launcher: settings.launcher,
      limits: settings.limits,
      cancel: place.signal,
      kill: killOf(place.signal),
      marker: place.marker,
      debug: assignment.debug,
    });
    return tests === null ? follow.end() : { ...follow.end(), tests };
  } finally {
    await services?.close();
  }
}

/** The server that steps push to. Workflows know Slipway by its public address; it may be another one from here. */
function serverOf(
  { repository, url }: JobAssignment,
  { contexts: { github } }: JobSpec,
  slipwayUrl: string | null,
): RepositoryServer {
  const takesJobToken = url === `${github.server_url}/git/${repository}.git`;
  if (!takesJobToken) return { url: `${github.server_url}/${github.repository}`, takesJobToken };
  return { url: slipwayUrl === null ? url : `${slipwayUrl}/git/${repository}.git`, takesJobToken };
}

/** `always()` steps run only for who cancelled: a lost lease, or a runner that is stopped, leaves no time for them. */
function killOf(signal: AbortSignal): AbortSignal {
  const kill = new AbortController();
  const heed = () => {
    if (!(signal.reason instanceof Stop) || signal.reason.kind !== 'cancelled') kill.abort(signal.reason);
  };
  if (signal.aborted) heed();
  else signal.addEventListener('abort', heed, { once: true });
  return kill.signal;
}
