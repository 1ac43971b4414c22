import { execFile } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AppError, systemCode } from '../errors.ts';

/** As whom PostgreSQL's programs run, and how to start them so. */
export interface Launcher {
  uid: number;
  gid: number;
  /**
   * argv that runs `program` as that user. The kernel sends it `deathSignal` when the Slipway that started
   * it dies, however that happens (prctl(2), PR_SET_PDEATHSIG).
   */
  command(program: string, args: string[], deathSignal: 'INT' | 'KILL'): string[];
}

/** PostgreSQL refuses to run as root; this is Debian's nobody:nogroup. */
const unprivilegedId = 65534;

const asUnprivileged = [
  ...['--reuid', String(unprivilegedId), '--regid', String(unprivilegedId), '--clear-groups'],
];

// Lets the server pass directories that only root may enter, such as a home of mode 0700, and nothing more:
// it may read and search, not write. Kept over the change of user and over exec by the ambient set.
const passingClosedDirectories = [
  ...[
    '--securebits',
    '+no_setuid_fixup',
    '--inh-caps',
    '+dac_read_search',
    '--ambient-caps',
    '+dac_read_search',
  ],
];

/**
 * Chooses how to start PostgreSQL's programs: as ourselves, or, as root, as an unprivileged user with as few
 * rights as let it execute or enter all of `paths`. Answers undefined when it cannot with any.
 */
export async function chooseLauncher(paths: string[]): Promise<Launcher | undefined> {
  if (process.geteuid?.() !== 0) return launcher(process.geteuid?.() ?? -1, process.getegid?.() ?? -1, []);
  for (const options of [asUnprivileged, [...asUnprivileged, ...passingClosedDirectories]]) {
    if (await canUse(options, paths)) return launcher(unprivilegedId, unprivilegedId, options);
  }
  return undefined;
}

function launcher(uid: number, gid: number, options: string[]): Launcher {
  return {
    uid,
    gid,
    command: (program, args, deathSignal) => [
      ...['setpriv', ...options, '--pdeathsig', deathSignal],
      ...['--', program, ...args],
    ],
  };
}

async function canUse(options: string[], paths: string[]): Promise<boolean> {
  const conditions = paths.flatMap((path) => ['-a', '-x', path]).slice(1);
  try {
    await promisify(execFile)('setpriv', [...options, '--', 'test', ...conditions]);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw setprivMissing(error);
    return false;
  }
}

/** For a failed spawn of `setpriv`. */
export function setprivMissing(cause: unknown): AppError {
  const message = 'the program setpriv is missing. Install it: apt-get install util-linux';
  return new AppError('unavailable', message, {}, { cause });
}

/**
 * As root: lets the server's user pass through (not list) the data directory, which may be closed to all
 * but root, by giving it to that user's group with mode 0710.
 */
export async function letServerPass(dataDir: string): Promise<void> {
  if (process.geteuid?.() !== 0) return;
  const { mode, gid } = await stat(dataDir);
  if (mode & 0o001 || (gid === unprivilegedId && mode & 0o010)) return;
  await chown(dataDir, -1, unprivilegedId);
  await chmod(dataDir, (mode & 0o7700) | 0o010);
}
