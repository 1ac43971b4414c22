import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assignment, RunnerGateway, RunnerInfo } from '../contract/runner.ts';
import type { Logger } from '../platform/log.ts';
import { type IsolationChoice, killMarked } from '../platform/processes/index.ts';
import { repeat } from '../platform/repeat.ts';
import { runDeploy, Stop } from './runDeploy.ts';

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

interface Run {
  readonly assignment: Assignment;
  readonly end: AbortController;
  readonly done: Promise<void>;
}

/** Takes deploys one after the other as they may start, and runs each until it ended. */
export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const { gateway, info, log } = options;
  const runs = new Map<number, Run>();
  let stopping = false;
  let renewedAt = Date.now();

  await sweep(options);
  await gateway.register(info);

  const taking = repeat('taking deploys', 1000, log, async () => {
    while (!stopping && runs.size < options.capacity) {
      const assignment = await gateway.leaseNext(info.id);
      if (assignment === undefined) return;
      begin(assignment);
    }
  });

  const heartbeat = repeat('heartbeat', options.leaseMs / 5, log, async () => {
    const asked = Date.now();
    try {
      const leases = [...runs.values()].map((run) => run.assignment.lease);
      for (const [deployId, state] of await gateway.heartbeat(info.id, leases)) {
        if (state.kind === 'cancelling') endRun(deployId, new Stop('cancelled', `cancelled by ${state.by}`));
        if (state.kind === 'lost') endRun(deployId, new Stop('lost', 'the lease was lost'));
      }
      renewedAt = asked;
    } catch (error) {
      fence();
      throw error;
    }
  });

  const unsubscribe = gateway.onWork(() => {
    taking.wake();
    if (runs.size > 0) heartbeat.wake();
  });

  function begin(assignment: Assignment): void {
    const end = new AbortController();
    const { deployId } = assignment.lease;
    const context = {
      gateway,
      marker: markerOf(info.id),
      workspaces: join(options.workspaces, info.id),
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

  function endRun(deployId: number, reason: Stop): void {
    runs.get(deployId)?.end.abort(reason);
  }

  /** Without contact for most of a lease, others may soon hold what runs here: it must end before. */
  function fence(): void {
    if (Date.now() - renewedAt < options.leaseMs * 0.8) return;
    for (const deployId of runs.keys()) endRun(deployId, new Stop('lost', 'no contact with Slipway'));
  }

  return {
    stop: async (reason) => {
      stopping = true;
      unsubscribe();
      await taking.stop();
      for (const deployId of runs.keys()) endRun(deployId, new Stop('stopped', reason));
      await Promise.all([...runs.values()].map((run) => run.done));
      await heartbeat.stop();
      await gateway
        .unregister(info.id)
        .catch((error: unknown) => log.warn({ err: error }, 'could not say goodbye'));
    },
  };
}

const markerOf = (runnerId: string) => `slipway:${runnerId}:`;

/** What dead runners left behind: processes first, then their workspaces. */
async function sweep({ gateway, info, workspaces, log }: RunnerOptions): Promise<void> {
  const { alive, dead } = await gateway.peers(info);
  for (const runnerId of dead) {
    const { killed, unkilled } = await killMarked(markerOf(runnerId));
    if (killed.length > 0) log.warn({ killed, unkilled }, 'ended processes that a dead runner left behind');
  }
  await mkdir(workspaces, { recursive: true, mode: 0o700 });
  for (const runnerId of await readdir(workspaces)) {
    if (!alive.includes(runnerId)) await rm(join(workspaces, runnerId), { recursive: true, force: true });
  }
}
