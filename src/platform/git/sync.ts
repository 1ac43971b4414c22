import { AppError } from '../errors.ts';
import { type Access, type GitCredential, withAccess } from './credentials.ts';
import { FetchError } from './fetchFailure.ts';
import type { GitOptions } from './git.ts';
import { GitError } from './gitError.ts';
import { clearEarlierSync, syncMarker } from './leftovers.ts';
import { type FetchProgress, progressReader } from './progress.ts';
import { parseRemoteUrl, type Remote } from './remoteUrl.ts';

/** What talking to the origin of a mirror takes. */
export type SyncRequest = {
  /** URL or absolute path of the repository to mirror. */
  url: string;
  /** The mirror. It appears when its first fetch is complete. */
  directory: string;
  credential?: GitCredential;
  /** Where host keys of ssh servers are remembered; without it ssh's own file. */
  knownHostsFile?: string;
  signal?: AbortSignal;
  /** For the whole of it; 30 minutes by default. */
  timeoutMs?: number;
  onProgress?: (progress: FetchProgress) => void;
};

/** A conversation with the origin of a mirror. */
export type Sync = {
  remote: Remote;
  access: Access;
  marker: Record<string, string>;
  signal: AbortSignal;
  onProgress: ((progress: FetchProgress) => void) | undefined;
};

const defaultTimeoutMs = 30 * 60_000;

/**
 * Clears away what a killed one left, and gives `work` what it needs to talk to the origin. What fails becomes a
 * `FetchError`. The caller lets one at a time work on a mirror.
 */
export async function withSync<T>(
  request: SyncRequest,
  directory: string,
  work: (sync: Sync) => Promise<T>,
): Promise<T> {
  const remote = parseRemoteUrl(request.url);
  const limit = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
  const signal = request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]);
  await clearEarlierSync(directory);
  return withAccess(remote, request.credential, request.knownHostsFile, async (access) => {
    try {
      return await work({
        remote,
        access,
        marker: syncMarker(directory),
        signal,
        onProgress: request.onProgress,
      });
    } catch (error) {
      if (request.signal?.aborted === true) throw request.signal.reason;
      // An AppError that is not git's own already says what to do.
      if (error instanceof AppError && !(error instanceof GitError)) throw error;
      throw new FetchError(remote.display, error);
    }
  });
}

/** For a git command that talks to the origin. */
export function networkOptions(sync: Sync, directory: string): GitOptions {
  return {
    gitDir: directory,
    env: { ...sync.access.env, ...sync.marker },
    secrets: sync.access.secrets,
    signal: sync.signal,
    // The signal carries the limit of the whole sync.
    timeoutMs: longestTimeoutMs,
    ...(sync.onProgress === undefined ? {} : { onStderr: progressReader(sync.onProgress) }),
  };
}

const longestTimeoutMs = 2 ** 31 - 1;
