import { randomUUID } from 'node:crypto';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { JobRunnerInfo } from '../contract/jobs.ts';
import { leaseHeader, servicesOriginHeader, servicesPath } from '../contract/runnerWire.ts';
import { AppError } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import { findUnkept, type IsolationChoice, openLauncher } from '../platform/processes/index.ts';
import { repeat } from '../platform/repeat.ts';
import { packageRoot } from '../platform/settings.ts';
import type { JobSettings } from '../runner/jobs/jobSettings.ts';
import { runLeasedJob } from '../runner/jobs/runLeasedJob.ts';
import { connect, type RemoteCalls } from '../runner/remote/remoteCalls.ts';
import { createRemoteGateway } from '../runner/remote/remoteGateway.ts';
import { openRemoteLog } from '../runner/remote/remoteLog.ts';
import { createRepositoryCache, type RepositoryCache } from '../runner/remote/repositories.ts';
import { openStateDirectory, type StateDirectory } from '../runner/remote/stateDirectory.ts';
import { createWakes } from '../runner/remote/wakes.ts';
import { startRunner } from '../runner/runner.ts';
import { actionPlaces, proxyServices } from '../workflows/actions/index.ts';
import { type JobLimits, machineEnvOf } from '../workflows/run/index.ts';
import { usualCapacity, usualLabels, withAbilities } from './machineLabels.ts';

export interface RemoteRunnerOptions {
  readonly url: string;
  readonly token: string;
  readonly labels: readonly string[] | null;
  readonly name?: string | undefined;
  readonly capacity?: number | undefined;
  readonly isolation?: IsolationChoice | undefined;
  readonly state?: string | undefined;
  /** What one job may have. */
  readonly limits: JobLimits;
}

/** A runner of jobs on another machine than Slipway's. */
export interface RemoteRunner {
  readonly name: string;
  /** Resolves when Slipway asked it to end when its jobs have; rejects when it is not let in any more. */
  readonly over: Promise<void>;
  /** Takes no more; resolves when all that it runs has ended. */
  drain(): Promise<void>;
  /** Ends what runs, and says goodbye. */
  stop(reason: string): Promise<void>;
}

/** Longer than Slipway's own: it is for what a stream did not tell. */
const takeEveryMs = 30_000;
const leaseMs = 30_000;
const pruneEveryMs = 6 * 3_600_000;

/** Starts one. Throws when Slipway is not there, or does not let it in. */
export async function startRemoteRunner(options: RemoteRunnerOptions, log: Logger): Promise<RemoteRunner> {
  const calls = connect(options.url, options.token);
  const state = await openStateDirectory(options.state ?? defaultState(process.env), options.url);
  const over = Promise.withResolvers<void>();
  // Who waits for it is told; nobody else needs to hear of it.
  over.promise.catch(() => undefined);
  const wakes = createWakes(calls, log, () => over.resolve());
  const gateway = createRemoteGateway({
    ...{ calls, state, wakes, labels: options.labels },
    refused: (error) => over.reject(error),
  });
  const repositories = createRepositoryCache(state, calls.url);
  const info: JobRunnerInfo = {
    id: randomUUID(),
    name: options.name ?? hostname(),
    host: hostname(),
    pid: process.pid,
    identity: {},
    labels: await withAbilities(usualLabels()),
    capacity: options.capacity ?? usualCapacity(),
  };
  const unkept = await findUnkept(options.limits);
  if (unkept !== undefined) log.warn(unkept);
  const launcher = await openLauncher(process.env);
  const settings = { ...settingsOf(options, { calls, state, repositories }), launcher };
  const runner = await startRunner({
    info,
    gateway,
    run: (assignment, place) => runLeasedJob(assignment, place, gateway, settings),
    log,
    workspaces: state.workspaces,
    capacity: info.capacity,
    leaseMs,
    takeEveryMs,
  });
  const pruning = repeat('unused repositories', pruneEveryMs, log, () => repositories.prune(new Date()));
  return {
    name: info.name,
    over: over.promise,
    drain: async () => {
      await gateway.drain(info.id).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
      await runner.drain();
    },
    stop: async (reason) => {
      await Promise.all([pruning.stop(), runner.stop(reason)]);
      await wakes.close();
      launcher.close();
    },
  };
}

function defaultState(environment: NodeJS.ProcessEnv): string {
  return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'slipway-runner');
}

interface RemotePlaces {
  readonly calls: RemoteCalls;
  readonly state: StateDirectory;
  readonly repositories: RepositoryCache;
}

function settingsOf(
  { isolation = 'auto', limits }: RemoteRunnerOptions,
  { calls, state, repositories }: RemotePlaces,
): JobSettings {
  return {
    machineEnv: machineEnvOf(process.env),
    isolation,
    limits,
    actionPlaces: actionPlaces([], process.env),
    actionCache: state.actions,
    visible: [state.actions, packageRoot],
    openLog: ({ lease }, place) =>
      openRemoteLog({ calls, lease, spool: `${place.workspace}.log`, signal: place.signal }),
    services: ({ lease, runId }, { workspace }) =>
      proxyServices({
        directory: join(workspace, 'services'),
        run: `run-${runId}`,
        target: (path) => `${calls.url}/api/v1${servicesPath(lease.id)}${path}`,
        headers: (origin) => ({
          ...calls.headers,
          [leaseHeader]: lease.token,
          [servicesOriginHeader]: origin,
        }),
      }),
    repository: (assignment, signal) => repositories.withCommit(assignment, signal),
    slipwayUrl: calls.url,
  };
}
