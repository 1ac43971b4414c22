import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Assignment,
  type LeaseState,
  processMarker,
  type RunnerGateway,
  type RunnerInfo,
} from '../contract/runner.ts';
import type { Logger } from '../platform/log.ts';
import { type IsolationChoice, killMarked } from '../platform/processes/index.ts';
import { repeat } from '../platform/repeat.ts';
import { runDeploy } from './runDeploy.ts';
import { Stop } from './stop.ts';

export interface RunnerOptions {
  readonly info: RunnerInfo;
  readonly gateway: RunnerGateway;
  readonly log: Logger;
  readonly workspaces: string;
  readonly isolation: IsolationChoice;
  readonly inherited: Readonly<Record<string, string>>;
  /** How many deploys at once. */
  readonly capacity: number;
  /** A lease that was not renewed for so long may be another's. */
  readonly leaseMs: number;
}

export interface Runner {
  /** Takes no more, ends what runs (the deploys say so), and says goodbye. */
  stop(reason: string): Promise<void>;
}

interface Running {
  readonly assignment: Assignment;
  readonly end: AbortController;
  readonly done: Promise<void>;
}

const takeEveryMs = 1000;
const sweepEveryMs = 2000;

/** Takes deploys one after the other as they may start, and runs each until it ended. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { gateway, info, log, leaseMs } = options;
  const runs = new Map<number, Running>();
  const leases = () => [...runs.values()].map((run) => run.assignment.lease);
  let stopping = false;
  // Not by the clock of the wall, which may be set: being stopped for long must count, and nothing else.
  let renewedAt = performance.now();
  await sweep(options);
  await removeWorkspaces(options);
  await gateway.register(info);

  const taking = repeat('taking deploys', takeEveryMs, log, async () => {
    while (!stopping && runs.size < options.capacity) {
      const assignment = await gateway.leaseNext(info.id, leases());
      if (assignment === undefined) return;
      begin(assignment);
    }
  });
  const heartbeat = repeat('heartbeat', leaseMs / 10, log, async () => {
    const asked = performance.now();
    for (const [deployId, state] of await gateway.heartbeat(info.id, leases())) heed(deployId, state);
    renewedAt = asked;
  });
  // A timer of its own: a heartbeat that waits for an answer cannot notice that none comes.
  const fencing = setInterval(fence, leaseMs / 30);
  const sweeping = repeat('sweeping', sweepEveryMs, log, () => sweep(options));
  const unsubscribe = gateway.onWork(() => {
    taking.wake();
    if (runs.size > 0) heartbeat.wake();
  });

  function begin(assignment: Assignment): void {
    const end = new AbortController();
    const { deployId } = assignment.lease;
    const context = {
      gateway,
      marker: processMarker(info.id, deployId),
      workspace: join(options.workspaces, info.id, String(deployId)),
      isolation: options.isolation,
      inherited: options.inherited,
      signal: end.signal,
    };
    const done = runDeploy(assignment, context)
      .catch((error: unknown) =>
        log.error({ err: error, deploy: assignment.name }, 'running a deploy failed'),
      )
      .finally(() => {
        runs.delete(deployId);
        taking.wake();
      });
    runs.set(deployId, { assignment, end, done });
  }

  function heed(deployId: number, state: LeaseState): void {
    if (state.kind === 'cancelling') endRun(deployId, new Stop('cancelled', `cancelled by ${state.by}`));
    if (state.kind === 'lost') lose(deployId, 'the lease was lost');
  }

  /** Without contact for most of a lease, others may soon hold what runs here: it must be gone before. */
  function fence(): void {
    if (performance.now() - renewedAt < leaseMs * 0.8) return;
    for (const deployId of runs.keys()) lose(deployId, 'no contact with Slipway');
  }

  /** Ends it without the usual grace, which may belong to another already. */
  function lose(deployId: number, why: string): void {
    endRun(deployId, new Stop('lost', why));
    killMarked(processMarker(info.id, deployId)).catch((error: unknown) =>
      log.error({ err: error, deployId }, 'ending a lost deploy failed'),
    );
  }

  function endRun(deployId: number, reason: Stop): void {
    runs.get(deployId)?.end.abort(reason);
  }

  return {
    stop: async (reason) => {
      stopping = true;
      unsubscribe();
      await Promise.all([taking.stop(), sweeping.stop()]);
      for (const deployId of runs.keys()) endRun(deployId, new Stop('stopped', reason));
      await Promise.all([...runs.values()].map((run) => run.done));
      await heartbeat.stop();
      clearInterval(fencing);
      await gateway
        .unregister(info.id)
        .catch((error: unknown) => log.warn({ err: error }, 'could not say goodbye'));
    },
  };
}

/** Ends what dead runners of this machine left running, then has told what became of their deploys. */
async function sweep({ gateway, info, log }: RunnerOptions): Promise<void> {
  const { dead } = await gateway.peers(info);
  for (const runnerId of dead) {
    const { killed, unkilled } = await killMarked(processMarker(runnerId));
    if (killed.length > 0) log.warn({ killed, unkilled }, 'ended processes that a dead runner left behind');
  }
  await gateway.bury(dead);
}

/** Removes the workspaces of runners that are gone. They are listed first: who begins meanwhile is not touched. */
async function removeWorkspaces({ gateway, info, workspaces }: RunnerOptions): Promise<void> {
  await mkdir(workspaces, { recursive: true, mode: 0o700 });
  const found = await readdir(workspaces);
  const { others } = await gateway.peers(info);
  for (const runnerId of found) {
    if (!others.includes(runnerId)) await rm(join(workspaces, runnerId), { recursive: true, force: true });
  }
}
