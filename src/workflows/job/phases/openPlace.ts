import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  openSharedPlace,
  ReadyPlace,
  type SharedPlace,
  type SharedPlaceOptions,
} from '../../../platform/processes/index.ts';
import type { JobHost } from '../../run/jobHost.ts';

/** What a place is made for. */
type PlaceHost = Pick<
  JobHost,
  'directories' | 'isolation' | 'marker' | 'launcher' | 'sharesGroup' | 'limits'
>;

/** Begins to make the place of a job that will run; undefined when only its start can say which. */
export function readyPlaceFor(host: PlaceHost): ReadyPlace | undefined {
  if (host.isolation === 'container' || entersGroup(host)) return undefined;
  mkdirSync(ownTmpOf(host.directories.temporary), { recursive: true });
  return new ReadyPlace(optionsOf(host, [], []));
}

/** The place of a job that uses these directories of actions: the one that is ready, if it is as this job needs it. */
export async function openPlace(
  host: PlaceHost & Pick<JobHost, 'ready'>,
  used: readonly string[],
  enter: readonly string[],
): Promise<SharedPlace | { refused: string }> {
  const options = optionsOf(host, used, enter);
  return (await host.ready?.take(options)) ?? openSharedPlace(options);
}

/**
 * Whether a job has a group of its own: for its own limits, or since who starts its processes is in none. Only
 * then, since to enter it costs each step a moment.
 */
export const entersGroup = ({ limits, sharesGroup }: Pick<JobHost, 'limits' | 'sharesGroup'>): boolean =>
  limits.memoryBytes !== undefined || limits.processes !== undefined || !sharesGroup;

/** What stands for /tmp. */
export const ownTmpOf = (temporary: string): string => join(temporary, '_tmp');

function optionsOf(
  { directories, isolation, marker, launcher }: PlaceHost,
  used: readonly string[],
  enter: readonly string[],
): SharedPlaceOptions {
  const { workspace, home, temporary, toolCache, visible = [] } = directories;
  return {
    marker,
    enter,
    launcher,
    isolation: isolation === 'none' ? 'process-group' : isolation === 'container' ? 'auto' : isolation,
    tmp: {
      directory: ownTmpOf(temporary),
      keep: [workspace, home, temporary, toolCache, process.execPath, ...used, ...visible],
    },
  };
}
