import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Slipway keeps for this user what it can make again; of one without a home, in the directory for temporary files. */
export function userCache(env: Readonly<Record<string, string | undefined>>): string {
  const home = env.HOME ?? homedir();
  const cache = env.XDG_CACHE_HOME || (home === '/' || home === '' ? tmpdir() : join(home, '.cache'));
  return join(cache, 'slipway');
}
