import { randomUUID } from 'node:crypto';
import type {
  Assignment,
  Lease,
  LeaseState,
  Outcome,
  RunnerGateway,
  RunnerInfo,
} from '../../contract/runner.ts';
import { systemActor } from '../../platform/actor.ts';
import type { DataPaths } from '../../platform/dataPaths.ts';
import type { Db } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { EventFeed } from '../../platform/events/eventFeed.ts';
import type { StoredEvent } from '../../platform/events/events.ts';
import {
  endOrphan,
  insertRunner,
  type NewRunner,
  peersOf,
  stopRunner,
  touchRunner,
} from '../runners/index.ts';
import { resolveReferences, type SecretSource } from '../secrets/index.ts';
import { deployName } from './deploy.ts';
import { type Dispatched, dispatchNext } from './dispatchNext.ts';
import { deployUrl } from './presentDeploy.ts';
import { recordStep } from './recordStep.ts';
import { recoverDeploys } from './recoverDeploys.ts';
import {
  expireLeasesOf,
  expireUnknownLeases,
  type HeldLease,
  holdsLease,
  type LeaseRow,
  renewLeases,
  selectOrphans,
  takeOver,
} from './runnerStore.ts';
import { sayInLog } from './sayInLog.ts';
import {
  type DeployRow,
  type EnvironmentLock,
  lockEnvironment,
  lockEnvironmentOf,
  selectDeployById,
} from './store.ts';
import { transitionDeploy } from './transitionDeploy.ts';

export interface GatewayContext {
  readonly db: Db;
  readonly now: () => Date;
  readonly paths: DataPaths;
  readonly secrets: SecretSource;
  readonly feed: EventFeed;
  readonly publicUrl: string;
}

/** Events after which something may start, or must stop. A step that goes on is none. */
const mayMean = /^(check\.|run\.completed|lock\.|deploy\.(?!step$|running$|verifying$))/;

/** A check that is not completed lets nothing start. */
const isUndecided = ({ kind, data }: StoredEvent): boolean =>
  kind === 'check.reported' && data.status !== 'completed';

/** The runner's door to Slipway, on the database itself. Every report is fenced by its lease. */
export function createRunnerGateway(context: GatewayContext): RunnerGateway {
  const { db, now } = context;
  const registered = new Map<string, RunnerInfo>();
  return {
    peers: ({ id }) => peersOf(db, 'deploys', id),
    bury: (runnerIds) => bury(context, runnerIds),
    register: async (runner) => {
      await insertRunner(db, now(), ofDeploys(runner));
      registered.set(runner.id, runner);
    },
    leaseNext: (runnerId, held) => leaseNext(context, runnerId, held),
    heartbeat: async (runnerId, leases) => {
      // Its row may be gone: a database that was restored, a machine that slept for a week.
      const runner = registered.get(runnerId);
      if (!(await touchRunner(db, runnerId)) && runner) await insertRunner(db, now(), ofDeploys(runner));
      const rows = leases.length === 0 ? [] : await renewLeases(db, leases);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return new Map(leases.map((lease) => [lease.id, leaseState(byId.get(lease.id))]));
    },
    stepStarted: (lease, position) =>
      underLease(db, lease, (lock, row) => startStep(lock, now(), row, position)),
    stepFinished: (lease, position, { state, detail, next }) =>
      underLease(db, lease, async (lock, row) => {
        await recordStep(lock, now(), row, position, { state, detail });
        if (next !== undefined) await startStep(lock, now(), row, next);
      }),
    verifying: (lease) =>
      underLease(db, lease, async (lock, row) => {
        if (row.state === 'running') await transition(lock, now(), lease, { to: 'verifying' });
      }),
    finish: (lease, outcome) => finish(context, lease, outcome),
    unregister: async (runnerId) => {
      registered.delete(runnerId);
      await stopRunner(db, now(), runnerId);
    },
    onWork: (listener) =>
      context.feed.subscribe((event) => {
        if (mayMean.test(event.kind) && !isUndecided(event)) listener();
      }),
  };
}

const ofDeploys = ({ id, host, pid, identity }: RunnerInfo): NewRunner => ({
  ...{ id, host, pid, identity },
  kind: 'deploys',
  name: null,
  labels: [],
  capacity: null,
});

/** A step that is not going to start has not started. */
async function startStep(lock: EnvironmentLock, now: Date, row: HeldLease, position: number): Promise<void> {
  if (row.state !== 'cancelling') await recordStep(lock, now, row, position, { state: 'running' });
}

async function bury({ db, now, paths }: GatewayContext, runnerIds: readonly string[]): Promise<void> {
  for (const id of runnerIds) {
    await stopRunner(db, now(), id);
    await expireLeasesOf(db, id);
  }
  if (runnerIds.length > 0) await recoverDeploys(db, now(), paths);
}

async function leaseNext(
  context: GatewayContext,
  runnerId: string,
  held: readonly Lease[],
): Promise<Assignment | undefined> {
  await expireUnknownLeases(context.db, runnerId, held);
  const toVerify = await takeOverVerification(context.db, runnerId);
  if (toVerify !== undefined) return assignmentOf(context, toVerify, 'verify', {});
  for (;;) {
    const dispatched = await dispatchNext(context.db, context.now(), runnerId);
    if (dispatched === undefined) return undefined;
    const secrets = await resolveOrFail(context, dispatched);
    if (secrets !== undefined) return assignmentOf(context, dispatched, 'run', secrets);
  }
}

async function takeOverVerification(db: Db, runnerId: string): Promise<Dispatched | undefined> {
  for (const orphan of await selectOrphans(db, ['verifying'])) {
    await endOrphan(orphan);
    const leaseToken = randomUUID();
    const deploy = await db.transaction(async (tx) => {
      const lock = await lockEnvironment(tx, orphan.environment_id);
      return (await takeOver(lock, orphan, runnerId, leaseToken))
        ? selectDeployById(tx, orphan.id)
        : undefined;
    });
    if (deploy !== undefined) return { deploy, leaseToken };
  }
  return undefined;
}

/** A secret that cannot be had fails the deploy, with the words that say how to set it. */
async function resolveOrFail(context: GatewayContext, { deploy, leaseToken }: Dispatched) {
  try {
    return await resolveReferences(context.secrets, deploy.config.secrets);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const lease = { id: deploy.id, token: leaseToken };
    await sayInLog(context.paths.deployLog(deploy.id), error.message, context.now());
    await finish(context, lease, { state: 'failed', result: error.message });
    return undefined;
  }
}

function assignmentOf(
  context: GatewayContext,
  { deploy, leaseToken }: Dispatched,
  phase: 'run' | 'verify',
  secrets: Record<string, string>,
): Assignment {
  return {
    lease: { id: deploy.id, token: leaseToken },
    name: deployName(deploy.app, deploy.environment, deploy.number),
    app: deploy.app,
    environment: deploy.environment,
    number: deploy.number,
    ref: deploy.ref,
    sha: deploy.sha,
    previousSha: deploy.previous_sha,
    url: deployUrl(context.publicUrl, deploy),
    requestedBy: deploy.requested_by,
    phase,
    config: deploy.config,
    secrets,
    mirror: context.paths.mirror(deploy.repository_id),
    logFile: context.paths.deployLog(deploy.id),
    notes: deploy.force_reason === null ? deploy.notes : [`forced: ${deploy.force_reason}`, ...deploy.notes],
    startedAt: deploy.started_at ?? context.now(),
  };
}

/** A cancel that came too late is told as what it was: the new release runs, so the deploy succeeded. */
async function finish(context: GatewayContext, lease: Lease, outcome: Outcome): Promise<LeaseState> {
  const now = context.now();
  return underLease(context.db, lease, async (lock, row) => {
    if (row.state === 'cancelling' && outcome.state === 'succeeded') {
      const result = `${outcome.result}; the cancel of ${row.cancel_requested_by} came too late`;
      return transition(lock, now, lease, { to: 'succeeded', result });
    }
    if (row.state === 'running' && outcome.state === 'succeeded')
      await transition(lock, now, lease, { to: 'verifying' });
    if (row.state !== 'cancelling' && outcome.state === 'cancelled')
      await transition(lock, now, lease, { to: 'cancelling' });
    return transition(lock, now, lease, { to: outcome.state, result: outcome.result });
  });
}

async function transition(
  lock: EnvironmentLock,
  now: Date,
  lease: Lease,
  to: Parameters<typeof transitionDeploy>[4],
): Promise<void> {
  const deploy: DeployRow = await selectDeployById(lock.tx, lease.id);
  await transitionDeploy(lock, now, systemActor.name, deploy, to);
}

/** Does `work` if the lease still stands, under the environment's lock; answers how the lease stands. */
async function underLease(
  db: Db,
  lease: Lease,
  work: (lock: EnvironmentLock, row: HeldLease) => Promise<unknown>,
): Promise<LeaseState> {
  return db.transaction(async (tx) => {
    const lock = await lockEnvironmentOf(tx, lease.id);
    // Asked only now: while this waited for the lock, another may have taken the lease.
    const row = lock && (await holdsLease(lock, lease));
    if (lock === undefined || row === undefined) return { kind: 'lost' };
    await work(lock, row);
    return leaseState(row);
  });
}

function leaseState(row: LeaseRow | undefined): LeaseState {
  if (row === undefined) return { kind: 'lost' };
  if (row.state === 'cancelling')
    return { kind: 'cancelling', reason: `cancelled by ${row.cancel_requested_by ?? 'somebody'}` };
  return { kind: 'held' };
}
