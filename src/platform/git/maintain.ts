import { resolve } from 'node:path';
import { rewriteCommitGraph } from './commitGraph.ts';
import { runGit } from './git.ts';
import { syncMarker } from './leftovers.ts';
import { findObjects } from './objects.ts';
import { assertSha, commitMissing } from './sha.ts';

/**
 * Makes a commit survive force-pushes and gc, by a ref that no fetch touches. Idempotent, durable when it
 * returns, and safe beside a running sync.
 */
export async function keepCommit(directory: string, sha: string): Promise<void> {
  assertSha(sha);
  const [found] = await findObjects(directory, [sha]);
  if (found?.type !== 'commit') throw commitMissing(sha, directory);
  await runGit(['-c', 'core.fsync=committed,reference', 'update-ref', `refs/slipway/kept/${sha}`, sha], {
    gitDir: directory,
  });
}

/** Lets go of a commit that `keepCommit` kept; the next gc may remove it. */
export async function releaseCommit(directory: string, sha: string): Promise<void> {
  assertSha(sha);
  await runGit(['update-ref', '-d', `refs/slipway/kept/${sha}`], { gitDir: directory });
}

const gcTimeoutMs = 2 * 60 * 60_000;

/**
 * Repacks a mirror when it has grown many loose objects or packs; otherwise it returns within milliseconds.
 * Unreachable objects stay for two weeks, so that a checkout or listing that has just begun keeps its commit.
 * The caller holds the lock that `syncMirror` needs.
 */
export async function maintain(directory: string, signal?: AbortSignal): Promise<{ repacked: boolean }> {
  const mirror = resolve(directory);
  const before = await objectCounts(mirror);
  const options = { env: syncMarker(mirror), ...(signal === undefined ? {} : { signal }) };
  await runGit(['-c', 'gc.auto=3000', '-c', 'gc.autoPackLimit=30', 'gc', '--auto', '--quiet'], {
    ...options,
    gitDir: mirror,
    timeoutMs: gcTimeoutMs,
  });
  const repacked = (await objectCounts(mirror)) !== before;
  if (repacked) await rewriteCommitGraph(mirror, options);
  return { repacked };
}

async function objectCounts(directory: string): Promise<string> {
  return (await runGit(['count-objects', '--verbose'], { gitDir: directory })).toString();
}
