import { rm } from 'node:fs/promises';
import type { Lease } from '../../contract/runner.ts';
import { runnerApi } from '../../contract/runnerAddresses.ts';
import { largestChunkBytes, mostTimesOfChunk, timesHeader } from '../../contract/runnerWire.ts';
import { AppError } from '../../platform/errors.ts';
import { openLogWriter, readTimedChunk, type TimedChunk } from '../../platform/logfiles/index.ts';
import type { JobLog } from '../jobs/jobLog.ts';
import { persistently } from '../persistently.ts';
import { type RemoteCalls, withLease } from './remoteCalls.ts';

export interface RemoteLogOptions {
  readonly calls: RemoteCalls;
  readonly lease: Lease;
  /** Where it is kept until Slipway has it. */
  readonly spool: string;
  readonly signal: AbortSignal;
  /** Who has more than this to send waits before it writes more. */
  readonly mostUnsentBytes?: number;
}

const chunkLimits = { bytes: largestChunkBytes, times: mostTimesOfChunk };

/**
 * The log of a job on another machine: written to a file here, and sent from it by offsets, so that what a cut
 * connection leaves open is simply sent again: Slipway passes over what it has, and says where to go on. While one chunk
 * is under way the next one grows.
 */
export async function openRemoteLog(options: RemoteLogOptions): Promise<JobLog> {
  const { calls, lease, spool, signal, mostUnsentBytes = 64 * 1024 * 1024 } = options;
  const writer = await openLogWriter(spool);
  /** Where this lease's part of the log begins there: an earlier runner may have written before. */
  let base: number | undefined;
  let sent = 0;
  let failed: string | null = null;
  let sending: Promise<void> | undefined;
  let room: PromiseWithResolvers<void> | undefined;
  let grown = false;

  function wake(): void {
    grown = true;
    if (failed !== null) return;
    sending ??= sendAll().finally(() => {
      sending = undefined;
      makeRoom();
      if (grown) wake();
    });
  }

  async function sendAll(): Promise<void> {
    try {
      grown = false;
      base ??= (
        await persistently(signal, () =>
          calls.call(runnerApi.logSize, { params: { job: lease.id } }, withLease(lease)),
        )
      ).size;
      for (;;) {
        await writer.flush();
        if (sent >= writer.size) return;
        const chunk = await readTimedChunk(spool, sent, chunkLimits);
        sent = (await persistently(signal, () => sendChunk(chunk, (base ?? 0) + sent))) - base;
        if (sent < 0 || sent > writer.size)
          throw new AppError('conflict', 'the log of this job at Slipway is not as this runner left it');
        if (writer.size - sent < mostUnsentBytes) makeRoom();
      }
    } catch (error) {
      failed = error instanceof Error ? error.message : String(error);
    }
  }

  /** Answers how much Slipway has. */
  async function sendChunk({ bytes, times }: TimedChunk, offset: number): Promise<number> {
    const [skew, from] = [calls.skewMs(), times[0]?.offset ?? 0];
    const header = times.map((each) => `${each.offset - from}:${each.time + skew}`).join(',');
    const headers = { ...withLease(lease).headers, [timesHeader]: header };
    try {
      const input = { params: { job: lease.id }, query: { offset } };
      return (await calls.call(runnerApi.appendLog, input, { headers, bytes })).size;
    } catch (error) {
      const size = error instanceof AppError && error.code === 'conflict' ? error.details.size : undefined;
      if (typeof size === 'number') return size;
      throw error;
    }
  }

  function makeRoom(): void {
    room?.resolve();
    room = undefined;
  }

  const afterWrite = (disk: Promise<void> | undefined): Promise<void> | undefined => {
    wake();
    if (failed !== null || writer.size - sent < mostUnsentBytes) return disk;
    room ??= Promise.withResolvers();
    return Promise.all([disk, room.promise]).then(() => undefined);
  };

  return {
    get incomplete() {
      return (
        writer.incomplete ?? (failed === null ? null : `the end of the log did not reach Slipway: ${failed}`)
      );
    },
    write: (bytes, now) => afterWrite(writer.write(bytes, now)),
    line: (text, now) => afterWrite(writer.line(text, now)),
    flush: () => writer.flush(),
    close: async () => {
      wake();
      while (sending !== undefined) await sending;
      await writer.close();
      await Promise.all([spool, `${spool}.index`].map((path) => rm(path, { force: true })));
    },
  };
}
