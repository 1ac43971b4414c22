import { resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { runGit } from './git.ts';
import { findObjects } from './objects.ts';
import { networkOptions, type SyncRequest, withSync } from './sync.ts';

/** Heads of pull and merge requests lie beside the branches of a mirror, where neither a listing nor a fetch shows them. */
const hiddenRef = (number: number): string => `refs/slipway/changes/${number}`;

/** What would become of its base; apart from the heads, which a fetch may replace. */
const mergeRef = (number: number): string => `refs/slipway/merges/${number}`;

/**
 * Fetches the head of a pull or merge request into a mirror, and answers which commit it is; null when its origin does
 * not have it, and never had. What an earlier fetch found stays then. The caller holds the lock that `syncMirror` needs.
 */
export async function fetchChangeHead(
  request: SyncRequest,
  change: { number: number; remoteRef: string },
): Promise<string | null> {
  assertChange(change);
  const directory = resolve(request.directory);
  await withSync(request, directory, async (sync) => {
    const options = ['--no-tags', '--force', '--no-write-fetch-head', '--update-shallow', '--quiet'];
    // The asterisk lets git go on when there is no such ref.
    const refspec = `+${change.remoteRef}*:${hiddenRef(change.number)}*`;
    await runGit(['fetch', ...options, '--', sync.remote.address, refspec], networkOptions(sync, directory));
  });
  return keptChangeHead(directory, change.number);
}

function assertChange({ number, remoteRef }: { number: number; remoteRef: string }): void {
  if (remoteRef === `refs/pull/${number}/head` || remoteRef === `refs/merge-requests/${number}/head`) return;
  throw new AppError('internal', `${remoteRef} is not where the head of change ${number} lies`);
}

/** The head of a change as it was last fetched; null when it never was. */
export async function keptChangeHead(directory: string, number: number): Promise<string | null> {
  const [found] = await findObjects(directory, [hiddenRef(number)]);
  return found?.sha ?? null;
}

/** Lets go of the head of a change; gc may remove what nothing else holds. The caller holds the lock that `syncMirror` needs. */
export async function forgetChangeHead(directory: string, number: number): Promise<void> {
  await runGit(['update-ref', '-d', hiddenRef(number)], { gitDir: directory });
  await runGit(['update-ref', '-d', mergeRef(number)], { gitDir: directory });
}

/** Keeps the newest merge of a change from being forgotten, until its head is. May run beside a fetch, as `keepCommit` may. */
export async function keepChangeMerge(directory: string, number: number, sha: string): Promise<void> {
  await runGit(['update-ref', mergeRef(number), sha], { gitDir: directory });
}
