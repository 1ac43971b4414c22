import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../platform/errors.ts';
import { describeByteSize } from '../../../platform/text/byteSize.ts';
import type { Job } from '../job.ts';

const pauseMs = 250;
/** Looking takes at most this part of the time. */
const share = 0.1;

/** Stops the steps of a job whose files grow beyond its limit, until it is disposed. */
export function watchDisk(job: Job): { dispose(): void } {
  const limit = job.host.limits.diskBytes;
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  if (limit === undefined) return { dispose: () => undefined };
  const { workspace, home, temporary, toolCache } = job.host.directories;

  async function look(): Promise<void> {
    const startedAt = performance.now();
    let bytes = 0;
    for (const directory of [workspace, home, temporary, toolCache])
      bytes += await sizeOf(directory, over.signal);
    if (over.signal.aborted) return;
    if (bytes > (limit ?? 0)) {
      const message = `stopped: the files of the job take ${describeByteSize(bytes)}, and it may use ${describeByteSize(limit ?? 0)}`;
      for (const control of job.running) control.stopBecause({ kind: 'limit', message });
    }
    schedule(Math.max(pauseMs, (performance.now() - startedAt) / share));
  }

  function schedule(ms: number): void {
    timer = setTimeout(() => void look(), ms);
  }

  schedule(pauseMs);
  return {
    dispose: () => {
      over.abort();
      clearTimeout(timer);
    },
  };
}

/** Bytes on the disk of all files below a directory; what vanishes meanwhile counts nothing. */
async function sizeOf(directory: string, signal: AbortSignal): Promise<number> {
  let bytes = 0;
  try {
    for await (const entry of await opendir(directory)) {
      if (signal.aborted) return bytes;
      const path = join(directory, entry.name);
      bytes += entry.isDirectory() ? await sizeOf(path, signal) : (await lstat(path)).blocks * 512;
    }
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'EACCES'].includes(systemCode(error) ?? '')) throw error;
  }
  return bytes;
}
