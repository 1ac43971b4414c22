import { join } from 'node:path';
import { AppError } from '../../platform/errors.ts';
import { resolveOwnUses } from '../language/index.ts';
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
  /**
   * The checkout that is run: `actions/checkout` is built in, but for one that a directory has where the server of the
   * repository may be asked. Null: it is not built in.
   */
  readonly checkout?: RunCheckout | null;
  /** Ends what is being fetched. */
  readonly signal?: AbortSignal;
}

export interface RunCheckout extends Pick<CheckoutSettings, 'commonDir' | 'copied' | 'server'> {
  /** Of the repository, as `https://github.com`. */
  readonly serverUrl: string;
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
  const checkoutOf = once(keyOf, async (name: RemoteName): Promise<FoundAction> => {
    if (checkout === null) return findRemote(name, await repositoryOf(name));
    if (mayAsk(checkout.serverUrl, options.places)) {
      const located = await locateFirst(directories.map(mirrorDirectory), name);
      if (located.kind !== 'not-there') return findRemote(name, await repositoryOf(name));
    }
    const { commonDir, copied, server } = checkout;
    const settings = { commonDir, copied, server, places: options.places };
    return layOutCheckout(settings, join(directory, '.built-in', keyOf(name)));
  });

  return {
    async find(uses, workspace) {
      const name = parseUses(uses);
      if (name.kind === 'local') return withOwn(await findLocal(name, workspace), uses);
      if (name.kind === 'docker') throw needsContainers(uses);
      if (isCheckout(name)) return checkoutOf(name);
      return withOwn(await findRemote(name, await repositoryOf(name)), uses);
    },
    async findWorkflow(uses) {
      const name = parseUses(uses);
      if (!isWorkflow(name)) throw noWorkflow(uses);
      return findWorkflow(name, await repositoryOf(name));
    },
  };
}

/** With what `$/path` in its steps names. */
function withOwn(found: FoundAction, uses: string): FoundAction {
  const { runs } = found.definition;
  if (runs.kind !== 'composite') return found;
  const steps = resolveOwnUses(runs.steps, uses);
  return { ...found, definition: { ...found.definition, runs: { ...runs, steps } } };
}

/**
 * Whether the official checkout can do its work: it fetches from the server of the repository, which must be on this
 * machine or named as a place. Elsewhere a run does not go unasked, nor is the commit that it is about known there yet.
 */
function mayAsk(serverUrl: string, places: readonly string[]): boolean {
  const { hostname, origin } = new URL(serverUrl);
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return isHere || places.some((place) => URL.canParse(place) && new URL(place).origin === origin);
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
