import { resolve } from 'node:path';
import { runGit } from './git.ts';
import { syncMirror } from './mirror.ts';
import { findObjects } from './objects.ts';
import { networkOptions, type SyncRequest, withSync } from './sync.ts';

/**
 * Has a mirror hold a commit that `ref` pointed at, with all branches and tags: it is fetched where it is not as it shall
 * be, and not asked of the origin again where it is. A commit that no branch or tag has any more is fetched by its sha.
 * The caller holds the lock that `syncMirror` needs.
 */
export async function fetchCommit(request: SyncRequest, ref: string, sha: string): Promise<void> {
  const directory = resolve(request.directory);
  if (await pointsAt(directory, ref, sha)) return;
  await syncMirror(request);
  if (await pointsAt(directory, sha, sha)) return;
  await withSync(request, directory, async (sync) => {
    const options = ['--no-tags', '--no-write-fetch-head', '--update-shallow', '--quiet'];
    const refspec = `+${sha}:refs/slipway/kept/${sha}`;
    await runGit(['fetch', ...options, '--', sync.remote.address, refspec], networkOptions(sync, directory));
  });
}

async function pointsAt(directory: string, name: string, sha: string): Promise<boolean> {
  try {
    const [found] = await findObjects(directory, [`${name}^{commit}`]);
    return found?.sha === sha;
  } catch {
    // There is no mirror yet.
    return false;
  }
}
