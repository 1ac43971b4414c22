import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Lease, processMarker, type RunnerGateway } from '../contract/runner.ts';
import type { Logger } from '../platform/log.ts';
import { killMarked, removeGroups } from '../platform/processes/index.ts';
import { repeat } from '../platform/repeat.ts';
import { Stop } from './stop.ts';

/** What is taken under a lease: a deploy or a job. */
interface Leased {
  readonly lease: Lease;
  readonly name: string;
}

type LeaseStanding =
  | { readonly kind: 'held' | 'lost' }
  | { readonly kind: 'cancelling'; readonly reason: string };

/** What holding leases takes of a gateway. */
interface LeaseGateway<Info, Work> extends Pick<RunnerGateway, 'bury' | 'unregister' | 'onWork'> {
  peers(runner: Info): Promise<{ dead: string[]; others: string[] }>;
  register(runner: Info): Promise<void>;
  leaseNext(runnerId: string, held: readonly Lease[]): Promise<Work | undefined>;
  heartbeat(runnerId: string, leases: readonly Lease[]): Promise<ReadonlyMap<number, LeaseStanding>>;
}

/** Where a piece of work is done. */
export interface WorkPlace {
  /** The mark of its processes, so that what is left of them can be found. */
  readonly marker: string;
  /** A directory of its own; whoever does the work removes it in the end. */
  readonly workspace: string;
  /** Aborts with a `Stop` when it shall end. */
  readonly signal: AbortSignal;
  /** Says that Slipway knows how it ended: what is still cleared away is nothing that a lease could be lost of. */
  readonly told: () => void;
}

export interface RunnerOptions<Info extends { readonly id: string }, Work extends Leased> {
  readonly info: Info;
  readonly gateway: LeaseGateway<Info, Work>;
  /** Does what was leased, to its end. */
  readonly run: (work: Work, place: WorkPlace) => Promise<void>;
  readonly log: Logger;
  readonly workspaces: string;
  /** How many at once. */
  readonly capacity: number;
  /** A lease that was not renewed for so long may be another's. */
  readonly leaseMs: number;
  /** How often it looks for work that nothing told it of; a second unless told. */
  readonly takeEveryMs?: number;
}

export interface Runner {
  /** Takes no more; resolves when all that runs has ended. */
  drain(): Promise<void>;
  /** Takes no more, ends what runs (the deploys say so), and says goodbye. */
  stop(reason: string): Promise<void>;
}

interface Running {
  /** Null once its end is told. */
  lease: Lease | null;
  readonly end: AbortController;
  readonly done: Promise<void>;
}

const usualTakeEveryMs = 1000;
const sweepEveryMs = 2000;

/** Takes deploys or jobs one after the other as they may start, and runs each until it ended. */
export async function startRunner<Info extends { readonly id: string }, Work extends Leased>(
  options: RunnerOptions<Info, Work>,
): Promise<Runner> {
  const { gateway, info, log, leaseMs, takeEveryMs = usualTakeEveryMs } = options;
  const runs = new Map<number, Running>();
  const leases = () => [...runs.values()].flatMap(({ lease }) => lease ?? []);
  let stopping = false;
  // Not by the clock of the wall, which may be set: being stopped for long must count, and nothing else.
  let renewedAt = performance.now();
  await sweep(options);
  await removeWorkspaces(options);
  await gateway.register(info);

  const taking = repeat('taking work', takeEveryMs, log, async () => {
    while (!stopping && runs.size < options.capacity) {
      const work = await gateway.leaseNext(info.id, leases());
      if (work === undefined) return;
      begin(work);
    }
  });
  const heartbeat = repeat('heartbeat', leaseMs / 10, log, async () => {
    const asked = performance.now();
    for (const [id, state] of await gateway.heartbeat(info.id, leases())) heed(id, state);
    renewedAt = asked;
  });
  // A timer of its own: a heartbeat that waits for an answer cannot notice that none comes.
  const fencing = setInterval(fence, leaseMs / 30);
  const sweeping = repeat('sweeping', sweepEveryMs, log, () => sweep(options));
  const unsubscribe = gateway.onWork(() => {
    taking.wake();
    if (runs.size > 0) heartbeat.wake();
  });

  function begin(work: Work): void {
    const end = new AbortController();
    const { id } = work.lease;
    const place = {
      marker: processMarker(info.id, id),
      workspace: join(options.workspaces, info.id, String(id)),
      signal: end.signal,
      told: () => {
        const run = runs.get(id);
        if (run !== undefined) run.lease = null;
      },
    };
    const done = options
      .run(work, place)
      .catch((error: unknown) => log.error({ err: error, work: work.name }, 'running it failed'))
      .finally(() => {
        runs.delete(id);
        taking.wake();
      });
    runs.set(id, { lease: work.lease, end, done });
  }

  function heed(id: number, state: LeaseStanding): void {
    if (state.kind === 'cancelling') endRun(id, new Stop('cancelled', state.reason));
    if (state.kind === 'lost') lose(id, 'the lease was lost');
  }

  /** Without contact for most of a lease, others may soon hold what runs here: it must be gone before. */
  function fence(): void {
    if (performance.now() - renewedAt < leaseMs * 0.8) return;
    for (const { id } of leases()) lose(id, 'no contact with Slipway');
  }

  /** Ends it without the usual grace, which may belong to another already. */
  function lose(id: number, why: string): void {
    endRun(id, new Stop('lost', why));
    killMarked(processMarker(info.id, id)).catch((error: unknown) =>
      log.error({ err: error, id }, 'ending what was lost failed'),
    );
  }

  function endRun(id: number, reason: Stop): void {
    runs.get(id)?.end.abort(reason);
  }

  return {
    drain: async () => {
      stopping = true;
      await taking.stop();
      await Promise.all([...runs.values()].map((run) => run.done));
    },
    stop: async (reason) => {
      stopping = true;
      unsubscribe();
      await Promise.all([taking.stop(), sweeping.stop()]);
      for (const id of runs.keys()) endRun(id, new Stop('stopped', reason));
      await Promise.all([...runs.values()].map((run) => run.done));
      await heartbeat.stop();
      clearInterval(fencing);
      await gateway
        .unregister(info.id)
        .catch((error: unknown) => log.warn({ err: error }, 'could not say goodbye'));
    },
  };
}

/** Ends what dead runners of this machine left running, then has told what became of what they held. */
async function sweep<Info extends { readonly id: string }, Work extends Leased>({
  gateway,
  info,
  log,
}: RunnerOptions<Info, Work>): Promise<void> {
  const { dead } = await gateway.peers(info);
  for (const runnerId of dead) {
    const { killed, unkilled } = await killMarked(processMarker(runnerId));
    await removeGroups(processMarker(runnerId));
    if (killed.length > 0) log.warn({ killed, unkilled }, 'ended processes that a dead runner left behind');
  }
  await gateway.bury(dead);
}

/** Removes the workspaces of runners that are gone. They are listed first: who begins meanwhile is not touched. */
async function removeWorkspaces<Info extends { readonly id: string }, Work extends Leased>({
  gateway,
  info,
  workspaces,
}: RunnerOptions<Info, Work>): Promise<void> {
  await mkdir(workspaces, { recursive: true, mode: 0o700 });
  const found = await readdir(workspaces);
  const { others } = await gateway.peers(info);
  for (const runnerId of found) {
    if (!others.includes(runnerId)) await rm(join(workspaces, runnerId), { recursive: true, force: true });
  }
}
