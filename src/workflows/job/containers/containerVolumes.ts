import { mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mount } from '../../../platform/containers/index.ts';
import { AppError } from '../../../platform/errors.ts';
import { isInside } from '../../../platform/paths.ts';
import type { JobDirectories } from '../../run/jobHost.ts';

/**
 * Reads `volumes:` of a container. A directory must be one of the job's own; a volume with a name, or without one, is a
 * directory that goes with the job. Throws `invalid_input` for any other place of this machine.
 */
export function readVolumes(volumes: readonly string[], directories: JobDirectories, where: string): Mount[] {
  return volumes.map((volume, index) => {
    const [first = '', second, mode, ...rest] = volume.split(':');
    const target = second ?? first;
    if (!target.startsWith('/') || rest.length > 0 || (mode !== undefined && mode !== 'ro' && mode !== 'rw'))
      throw new AppError(
        'invalid_input',
        `${where}: ${volume} is no volume: write SOURCE:/TARGET or SOURCE:/TARGET:ro`,
      );
    const source = sourceOf(second === undefined ? `volume-${index}` : first, directories, where);
    return { source, target, ...(mode === 'ro' ? { readOnly: true } : {}) };
  });
}

function sourceOf(
  source: string,
  { workspace, home, temporary, toolCache }: JobDirectories,
  where: string,
): string {
  if (/^[A-Za-z0-9][\w.-]*$/.test(source)) {
    const directory = join(temporary, '_volumes', source);
    mkdirSync(directory, { recursive: true });
    return directory;
  }
  const own = [workspace, home, temporary, toolCache];
  if (source.startsWith('/') && own.some((directory) => isInside(directory, realPlace(source)))) {
    mkdirSync(source, { recursive: true });
    return source;
  }
  throw new AppError(
    'invalid_input',
    `${where}: ${source} cannot be mounted: only what lies in the workspace (${workspace}) or in RUNNER_TEMP (${temporary}), and volumes with a name, which go with the job`,
  );
}

/** With the links of what exists of it resolved. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It does not exist yet; what is above it may.
    const above = dirname(path);
    return above === path ? path : join(realPlace(above), path.slice(above.length));
  }
}
