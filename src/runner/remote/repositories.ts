import { mkdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobAssignment } from '../../contract/jobs.ts';
import { FetchError, type FetchFailureKind, fetchCommit } from '../../platform/git/index.ts';
import { namesIn } from '../../platform/missing.ts';
import { holdLock } from '../../platform/processes/index.ts';
import type { JobSpec } from '../../workflows/plan/index.ts';
import type { StateDirectory } from './stateDirectory.ts';

const unusedMs = 14 * 86_400_000;

/** The repositories of jobs, kept on this machine from job to job. */
export interface RepositoryCache {
  /** A bare repository that has the commit of a job, with all branches and tags. */
  withCommit(assignment: JobAssignment, signal: AbortSignal): Promise<string>;
  /** Removes those that no job has used for two weeks. */
  prune(now: Date): Promise<void>;
}

/**
 * Fetches with the job's own token: the first time all there is, later what is new. One at a time for each repository,
 * also among several runners that share the directory. Slipway is where this runner finds it, whatever it calls itself.
 */
export function createRepositoryCache(state: StateDirectory, slipwayUrl: string): RepositoryCache {
  return {
    async withCommit(assignment, signal) {
      const { repository, repositoryId, sha, token } = assignment;
      const directory = state.mirror(repositoryId);
      await mkdir(state.mirrors, { recursive: true, mode: 0o700 });
      const { ref } = (assignment.spec as JobSpec).contexts.github;
      const url = `${slipwayUrl}/git/${repository}.git`;
      return holdLock(`${directory}.lock`, signal, async () => {
        const request = { url, directory, credential: { kind: 'token', token }, signal } as const;
        await patiently(signal, () => fetchCommit(request, String(ref), sha));
        const used = new Date();
        await utimes(directory, used, used);
        return directory;
      });
    },
    async prune(now) {
      for (const name of await namesIn(state.mirrors)) {
        const directory = join(state.mirrors, name);
        if (!name.endsWith('.git') || now.getTime() - (await stat(directory)).mtimeMs < unusedMs) continue;
        await holdLock(`${directory}.lock`, AbortSignal.timeout(5000), () =>
          rm(directory, { recursive: true, force: true, maxRetries: 3 }),
        );
      }
    },
  };
}

const tries = 6;
const firstPauseMs = 250;
/** What a connection that is cut in the middle looks like. */
const passing: readonly FetchFailureKind[] = ['network', 'timeout', 'corrupt', 'unknown'];

async function patiently(signal: AbortSignal, fetch: () => Promise<void>): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await fetch();
    } catch (error) {
      if (tried === tries || !(error instanceof FetchError) || !passing.includes(error.kind)) throw error;
    }
    await sleep(firstPauseMs * 2 ** (tried - 1), undefined, { signal });
  }
}
