import type { Lease } from '../../contract/runner.ts';
import { AppError } from '../../platform/errors.ts';
import { type ChunkedLog, openChunkedLog, type TimedBytes } from '../../platform/logfiles/index.ts';

/** The logs of jobs that run on other machines. Whoever calls has seen that the lease stands. */
export interface JobLogs {
  /** Where the log of this lease goes on. */
  size(lease: Lease): Promise<number>;
  /**
   * Appends what begins at `offset`; what is there already is passed over, so that a repetition does no harm. Throws
   * `conflict` with the right `size` when something is missing before it, `unavailable` when the disk does not take it.
   */
  append(lease: Lease, offset: number, pieces: readonly TimedBytes[]): Promise<number>;
  /** Nothing more comes of this job. */
  end(jobId: number): Promise<void>;
  close(): Promise<void>;
}

interface OpenLog {
  readonly lease: Lease;
  readonly log: ChunkedLog;
  usedAt: number;
}

const idleMs = 60_000;

/** Keeps logs open while they grow. One call at a time for each: its writer may repeat one that is still under way. */
export function createJobLogs(pathOf: (jobId: number) => string, now: () => Date): JobLogs {
  const open = new Map<number, OpenLog>();
  const busy = new Map<number, Promise<unknown>>();

  function alone<Value>(jobId: number, work: () => Promise<Value>): Promise<Value> {
    const before = busy.get(jobId) ?? Promise.resolve();
    const done = before.then(work, work);
    const settled = done
      .catch(() => undefined)
      .then(() => {
        if (busy.get(jobId) === settled) busy.delete(jobId);
      });
    busy.set(jobId, settled);
    return done;
  }

  async function closeOne(jobId: number): Promise<void> {
    const found = open.get(jobId);
    open.delete(jobId);
    await found?.log.close();
  }

  /** A log that was open for another lease is found anew: somebody else may have written to it since. */
  async function logOf(lease: Lease): Promise<ChunkedLog> {
    const found = open.get(lease.id);
    if (found?.lease.token === lease.token) {
      found.usedAt = performance.now();
      return found.log;
    }
    await closeOne(lease.id);
    const log = await openChunkedLog(pathOf(lease.id));
    open.set(lease.id, { lease, log, usedAt: performance.now() });
    return log;
  }

  const closing = setInterval(() => {
    const before = performance.now() - idleMs;
    for (const [id, { usedAt }] of open) {
      if (usedAt < before) void alone(id, () => closeOne(id)).catch(() => undefined);
    }
  }, idleMs);
  closing.unref();

  return {
    size: (lease) =>
      alone(lease.id, async () => {
        const known = open.get(lease.id)?.lease.token === lease.token;
        const log = await logOf(lease);
        if (!known) await log.endLine(now());
        return log.size;
      }),
    append: (lease, offset, pieces) =>
      alone(lease.id, async () => {
        const log = await logOf(lease);
        if (offset > log.size) {
          const size = log.size;
          throw new AppError('conflict', `the log has ${size} bytes, and cannot go on at ${offset}`, {
            size,
          });
        }
        const fresh = skip(pieces, log.size - offset);
        if (fresh.length > 0) await log.append(fresh);
        return log.size;
      }),
    end: (jobId) => alone(jobId, () => closeOne(jobId)),
    close: async () => {
      clearInterval(closing);
      await Promise.all([...open.keys()].map((id) => alone(id, () => closeOne(id))));
    },
  };
}

function skip(pieces: readonly TimedBytes[], count: number): TimedBytes[] {
  let left = count;
  const rest: TimedBytes[] = [];
  for (const { bytes, time } of pieces) {
    const kept = bytes.subarray(Math.min(left, bytes.length));
    left -= bytes.length - kept.length;
    if (kept.length > 0) rest.push({ bytes: kept, time });
  }
  return rest;
}
