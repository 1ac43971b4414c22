import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, systemCode } from '../../platform/errors.ts';
import { isGone, ownIdentity, type RunnerIdentity } from '../../platform/processes/index.ts';

/** What runners of one user on this machine keep, and by which they find what one that was killed left behind. */
export interface StateDirectory {
  readonly workspaces: string;
  readonly actions: string;
  /** Of a repository of the Slipway at this address. */
  mirror(repositoryId: number): string;
  readonly mirrors: string;
  remember(runnerId: string): Promise<void>;
  forget(runnerId: string): Promise<void>;
  /** The other runners that use it: those whose process is gone, and all others. */
  peers(runnerId: string): Promise<{ dead: string[]; others: string[] }>;
}

/** Opens it, for runners of the Slipway at `url`. */
export async function openStateDirectory(root: string, url: string): Promise<StateDirectory> {
  const own = join(
    root,
    encodeURIComponent(new URL(url).host + new URL(url).pathname).replace(/(%2F)+$/, ''),
  );
  const runners = join(own, 'runners');
  try {
    await mkdir(runners, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const why = systemCode(cause) ?? String(cause);
    throw new AppError(
      'invalid_input',
      `${runners} cannot be made (${why}): choose another --state`,
      {},
      { cause },
    );
  }
  const fileOf = (id: string): string => join(runners, `${id}.json`);
  return {
    workspaces: join(own, 'jobs'),
    actions: join(own, 'actions'),
    mirrors: join(own, 'mirrors'),
    mirror: (id) => join(own, 'mirrors', `${id}.git`),
    remember: (id) => writeFile(fileOf(id), JSON.stringify(ownIdentity())),
    forget: (id) => rm(fileOf(id), { force: true }),
    async peers(ownId) {
      const dead: string[] = [];
      const others: string[] = [];
      for (const name of await readdir(runners)) {
        const id = name.replace(/\.json$/, '');
        if (id === ownId) continue;
        const identity = await readIdentity(fileOf(id));
        (identity !== null && isGone(identity) ? dead : others).push(id);
      }
      return { dead, others };
    },
  };
}

/** Null for one that is just being written, or removed. */
async function readIdentity(path: string): Promise<RunnerIdentity | null> {
  try {
    const { pid, startTicks, bootId, pidNamespace } = JSON.parse(await readFile(path, 'utf8'));
    return {
      pid: Number(pid),
      startTicks: Number(startTicks),
      bootId: String(bootId),
      pidNamespace: String(pidNamespace),
    };
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
