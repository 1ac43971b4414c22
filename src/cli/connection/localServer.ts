import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dataPaths } from '../../platform/dataPaths.ts';
import { AppError, systemCode } from '../../platform/errors.ts';
import { type Occupant, readOccupant } from '../../platform/instance/occupant.ts';
import { isAlive } from '../../platform/processes/identity.ts';

/** The Slipway of a data directory on this machine. */
export type LocalServer =
  | { readonly state: 'running'; readonly url: string; readonly since: string }
  | { readonly state: 'starting' }
  | { readonly state: 'stopped' };

/** Whether Slipway runs on a data directory, and where it listens. */
export async function findLocalServer(dataDir: string): Promise<LocalServer> {
  const occupant = await readOccupant(dataDir).catch((error: unknown) => {
    throw unreadable(error, dataDir);
  });
  if (occupant === undefined || !mayBeAlive(occupant)) return { state: 'stopped' };
  if (occupant.url === undefined) return { state: 'starting' };
  return { state: 'running', url: occupant.url, since: occupant.since };
}

/** Of a process on another machine, which shares the directory, nothing is known here. */
const mayBeAlive = (occupant: Occupant): boolean =>
  occupant.host !== hostname() || isAlive(occupant.identity);

/** The token that makes its reader the operator of this machine's Slipway. */
export async function readMachineToken(dataDir: string): Promise<string> {
  const path = dataPaths(dataDir).machineToken;
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw unreadable(error, path);
  }
}

function unreadable(error: unknown, path: string): unknown {
  const cause = error instanceof AppError ? error.cause : error;
  const code = systemCode(cause);
  if (code === 'ENOENT') {
    return new AppError(
      'unavailable',
      `${path} does not exist; is Slipway still starting? Try again in a moment`,
    );
  }
  if (code !== 'EACCES' && code !== 'EPERM') return error;
  return new AppError(
    'unauthenticated',
    `only the user who runs Slipway here may read ${path}. Sign in as yourself: slipway login URL`,
  );
}
