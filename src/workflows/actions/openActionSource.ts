import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../platform/errors.ts';
import type { ActionSource } from './actionSource.ts';
import { findLocal } from './findLocal.ts';
import { findRemote, findWorkflow } from './findRemote.ts';
import { gitServer, isServerUrl } from './remote/gitServer.ts';
import { layOut } from './remote/layOut.ts';
import { mirrorDirectory } from './remote/mirrorDirectory.ts';
import type { ActionPlace } from './remote/place.ts';
import { parseUses, type RemoteName } from './usesName.ts';

export interface ActionSourceOptions {
  /** Directories and git base URLs, asked in this order; `actionPlaces` reads them from the environment. */
  readonly places: readonly string[];
  /** Where this run's copies are laid out; the caller removes it. */
  readonly directory: string;
  /** What servers gave is kept here from run to run. */
  readonly cacheDirectory: string;
  /** Ends what is being fetched. */
  readonly signal?: AbortSignal;
}

/**
 * Opens the places that actions of other repositories are taken from. Nothing is fetched before it is asked for, and
 * then once. Throws `invalid_input` for a directory that is not there and for an address that cannot work.
 */
export function openActionSource(options: ActionSourceOptions): ActionSource {
  const places = options.places.map((place) =>
    isServerUrl(place) ? gitServer(place, options) : mirrorDirectory(place),
  );
  const repositories = new Map<string, Promise<string>>();

  /** The files of a repository at a ref; each is laid out once. */
  const repositoryOf = (name: RemoteName): Promise<string> => {
    const way = [name.owner.toLowerCase(), name.repository.toLowerCase(), encodeURIComponent(name.ref)];
    const key = way.join('/');
    const known = repositories.get(key);
    if (known) return known;
    const made = fetchRepository(places, name, join(options.directory, ...way));
    repositories.set(key, made);
    // It is tried again by who asks next: a server may be back by then.
    made.catch(() => repositories.delete(key));
    return made;
  };

  return {
    async find(uses, workspace) {
      const name = parseUses(uses);
      if (name.kind === 'local') return findLocal(name, workspace);
      if (name.kind === 'remote') return findRemote(name, await repositoryOf(name));
      throw new AppError('invalid_input', `${uses} needs a container engine, which this does not use`, {
        uses,
      });
    },
    async findWorkflow(uses) {
      const name = parseUses(uses);
      if (name.kind !== 'remote' || !/^\.github\/workflows\/[^/]+\.ya?ml$/.test(name.path))
        throw new AppError(
          'invalid_input',
          `uses: ${JSON.stringify(uses)} names no reusable workflow of another repository; it takes owner/repo/.github/workflows/file.yml@ref`,
          { uses },
        );
      return findWorkflow(name, await repositoryOf(name));
    },
  };
}

async function fetchRepository(
  places: readonly ActionPlace[],
  name: RemoteName,
  directory: string,
): Promise<string> {
  const looked: string[] = [];
  for (const place of places) {
    const located = await place.locate(name);
    if (located.kind !== 'not-there') {
      await layOut(located, name, directory);
      return realpath(directory);
    }
    looked.push(...located.looked);
  }
  throw new AppError('not_found', missing(name, looked), { uses: name.uses });
}

function missing({ uses, owner, repository, ref }: RemoteName, looked: readonly string[]): string {
  const todo = `Say where it is with --actions: a directory with ${owner}/${repository}/${ref} or a clone at ${owner}/${repository} in it, or a server such as https://github.com`;
  if (looked.length === 0)
    return `${uses} is an action of another repository, and no place to take those from is set. ${todo}`;
  return [
    `${uses} is in none of the places that actions are taken from:`,
    ...looked.map((line) => `  ${line}`),
    todo,
  ].join('\n');
}
