import { join } from 'node:path';
import { AppError } from '../../platform/errors.ts';
import type { ActionSource, FoundAction } from './actionSource.ts';
import { layOutCheckout } from './checkout/builtInCheckout.ts';
import type { CheckoutSettings } from './checkout/checkoutSettings.ts';
import { findLocal } from './findLocal.ts';
import { findRemote, findWorkflow } from './findRemote.ts';
import { gitServer, isServerUrl } from './remote/gitServer.ts';
import { layOutFirst, locateFirst } from './remote/locateFirst.ts';
import { mirrorDirectory } from './remote/mirrorDirectory.ts';
import { parseUses, type RemoteName, type UsesName } from './usesName.ts';

export interface ActionSourceOptions {
  /** Directories and git base URLs, asked in this order; `actionPlaces` reads them from the environment. */
  readonly places: readonly string[];
  /** Where this run's copies are laid out; the caller removes it. */
  readonly directory: string;
  /** What servers gave is kept here from run to run. */
  readonly cacheDirectory: string;
  /** The checkout that is run: `actions/checkout` is built in when no place has it. Null: it is not. */
  readonly checkout?: Pick<CheckoutSettings, 'commonDir' | 'copied'> | null;
  /** Ends what is being fetched. */
  readonly signal?: AbortSignal;
}

/**
 * Opens the places that actions of other repositories are taken from. Nothing is fetched before it is asked for, and
 * then once. Throws `invalid_input` for a directory that is not there and for an address that cannot work.
 */
export function openActionSource(options: ActionSourceOptions): ActionSource {
  const { directory, checkout = null } = options;
  const directories = options.places.filter((place) => !isServerUrl(place));
  const places = options.places.map((place) =>
    isServerUrl(place) ? gitServer(place, options) : mirrorDirectory(place),
  );
  /** The files of a repository at a ref, laid out. */
  const repositoryOf = once(keyOf, (name: RemoteName) =>
    layOutFirst(places, name, join(directory, keyOf(name))),
  );
  /** Servers are not asked for it: what it would fetch, a commit of this machine, they do not have. */
  const checkoutOf = once(keyOf, async (name: RemoteName): Promise<FoundAction> => {
    if (checkout === null) return findRemote(name, await repositoryOf(name));
    const located = await locateFirst(directories.map(mirrorDirectory), name);
    if (located.kind !== 'not-there') return findRemote(name, await repositoryOf(name));
    return layOutCheckout({ ...checkout, places: options.places }, join(directory, '.built-in', keyOf(name)));
  });

  return {
    async find(uses, workspace) {
      const name = parseUses(uses);
      if (name.kind === 'local') return findLocal(name, workspace);
      if (name.kind === 'docker') throw needsContainers(uses);
      if (isCheckout(name)) return checkoutOf(name);
      return findRemote(name, await repositoryOf(name));
    },
    async findWorkflow(uses) {
      const name = parseUses(uses);
      if (!isWorkflow(name)) throw noWorkflow(uses);
      return findWorkflow(name, await repositoryOf(name));
    },
  };
}

/** Asks once for each key; what failed is tried again by who asks next: a server may be back by then. */
function once<Name, Answer>(key: (name: Name) => string, ask: (name: Name) => Promise<Answer>) {
  const known = new Map<string, Promise<Answer>>();
  return (name: Name): Promise<Answer> => {
    const before = known.get(key(name));
    if (before) return before;
    const answer = ask(name);
    known.set(key(name), answer);
    answer.catch(() => known.delete(key(name)));
    return answer;
  };
}

/** Owners and repositories are the same in capitals and small letters, refs are not. */
function keyOf({ owner, repository, ref }: RemoteName): string {
  return join(owner.toLowerCase(), repository.toLowerCase(), encodeURIComponent(ref));
}

const isCheckout = ({ owner, repository, path }: RemoteName): boolean =>
  `${owner}/${repository}/${path}`.toLowerCase() === 'actions/checkout/';

const isWorkflow = (name: UsesName): name is RemoteName =>
  name.kind === 'remote' && /^\.github\/workflows\/[^/]+\.ya?ml$/.test(name.path);

function needsContainers(uses: string): AppError {
  return new AppError('invalid_input', `${uses} needs a container engine, which this does not use`, { uses });
}

function noWorkflow(uses: string): AppError {
  return new AppError(
    'invalid_input',
    `uses: ${JSON.stringify(uses)} names no reusable workflow of another repository; it takes owner/repo/.github/workflows/file.yml@ref`,
    { uses },
  );
}
