import { setTimeout as sleep } from 'node:timers/promises';
import type { JobAssignment, JobGateway, JobReport, JobRunnerInfo } from '../../contract/jobs.ts';
import type { Lease } from '../../contract/runner.ts';
import { runnerApi } from '../../contract/runnerAddresses.ts';
import { runnerProtocolVersion } from '../../contract/runnerWire.ts';
import { AppError } from '../../platform/errors.ts';
import { persistently } from '../persistently.ts';
import { type RemoteCalls, withLease } from './remoteCalls.ts';
import type { StateDirectory } from './stateDirectory.ts';
import type { Wakes } from './wakes.ts';

export interface RemoteGatewayOptions {
  readonly calls: RemoteCalls;
  readonly state: StateDirectory;
  readonly wakes: Wakes;
  /** Null: those of the token, or the usual ones. */
  readonly labels: readonly string[] | null;
  /** The token is of no use any more. */
  readonly refused: (error: AppError) => void;
}

/**
 * `JobGateway` over HTTP. Of other runners it knows those that used the same state directory: what they left on this
 * machine is ended, and Slipway is told, so that their jobs need not wait for their leases to run out.
 */
export function createRemoteGateway(options: RemoteGatewayOptions): JobGateway {
  const { calls, state, wakes } = options;
  let announced: JobRunnerInfo | undefined;

  /** Slipway forgets who was silent for long. */
  async function known<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask().catch(heedRefusal);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not_found' || announced === undefined) throw error;
      await announce(announced);
      return ask();
    }
  }

  function heedRefusal(error: unknown): never {
    if (error instanceof AppError && error.code === 'unauthenticated') options.refused(error);
    throw error;
  }

  async function announce(info: JobRunnerInfo): Promise<void> {
    const { id, name, host, pid, capacity } = info;
    const askedAt = Date.now();
    const { labels } = options;
    const answer = await calls.call(runnerApi.register, {
      params: { id },
      body: {
        protocol: runnerProtocolVersion,
        ...{ name, host, pid, capacity },
        labels: labels === null ? null : [...labels],
        usual_labels: [...info.labels],
      },
    });
    calls.tellTime(answer.now, askedAt);
  }

  async function heartbeat(id: string, leases: readonly Lease[]) {
    const askedAt = Date.now();
    const answer = await known(() =>
      calls.call(runnerApi.heartbeat, { params: { id }, body: { leases: leases.map(plain) } }),
    );
    calls.tellTime(answer.now, askedAt);
    return new Map(answer.states.map((each) => [each.id, each.state]));
  }

  /**
   * The answer that brings a job may have been under way for as long as it liked: its lease counts from a question of
   * ours, as all others do. A job that is lost by then is another's.
   */
  async function confirmed(id: string, assignment: JobAssignment): Promise<boolean> {
    const standings = await insist(() => heartbeat(id, [assignment.lease]));
    const standing = standings.get(assignment.lease.id);
    return standing !== undefined && standing.kind !== 'lost';
  }

  return {
    peers: ({ id }) => state.peers(id),
    bury: async (ids) => {
      for (const id of ids) {
        await calls.call(runnerApi.goodbye, { params: { id } }).catch((error: unknown) => {
          // Its leases run out by themselves, if Slipway cannot be told.
          if (!(error instanceof AppError)) throw error;
        });
        await state.forget(id);
      }
    },
    register: async (info) => {
      // A machine that starts before Slipway does waits for it.
      await persistently(never, () => announce(info));
      announced = info;
      await state.remember(info.id);
      wakes.listen(info.id);
    },
    leaseNext: async (id, held) => {
      const body = { leases: held.map(plain) };
      for (;;) {
        const { assignment } = await insist(() =>
          known(() => calls.call(runnerApi.lease, { params: { id }, body })),
        );
        if (assignment === null) return undefined;
        if (await confirmed(id, assignment)) return assignment;
      }
    },
    // Who holds nothing is known to be alive by its stream.
    heartbeat: async (id, leases) => (leases.length === 0 ? new Map() : heartbeat(id, leases)),
    report: (lease, report) =>
      calls.call(
        runnerApi.report,
        { params: { job: lease.id }, body: atTheirTime(report, calls.skewMs()) },
        withLease(lease),
      ),
    finish: (lease, end) =>
      calls.call(
        runnerApi.finish,
        { params: { job: lease.id }, body: { ...end, outputs: { ...end.outputs } } },
        withLease(lease),
      ),
    release: (lease, reason) =>
      calls.call(runnerApi.release, { params: { job: lease.id }, body: { reason } }, withLease(lease)),
    drain: (id) => calls.call(runnerApi.drain, { params: { id } }),
    unregister: async (id) => {
      announced = undefined;
      await wakes.close();
      await calls.call(runnerApi.goodbye, { params: { id } });
      await state.forget(id);
    },
    onWork: (listener) => wakes.onWork(listener),
  };
}

const insistMs = 10_000;
const pauseMs = 100;

/** Asks again for a while: who was told of work, and cannot ask for it, would hear of it again much later only. */
async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const began = performance.now();
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const isPassing = error instanceof AppError && error.code === 'unavailable';
      if (!isPassing || performance.now() - began > insistMs) throw error;
    }
    await sleep(pauseMs);
  }
}

const never = new AbortController().signal;

const plain = ({ id, token }: Lease) => ({ id, token });

/** Times as Slipway's clock has them. */
function atTheirTime(report: JobReport, skewMs: number) {
  const shift = <Item extends { readonly at: string }>(items: readonly Item[]): Item[] =>
    items.map((item) =>
      skewMs === 0 ? item : { ...item, at: new Date(Date.parse(item.at) + skewMs).toISOString() },
    );
  const { started, finished, skipped, annotations } = report;
  return {
    started: shift(started),
    finished: shift(finished),
    skipped: shift(skipped),
    annotations: [...annotations],
  };
}
