import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { dataPaths } from '../../platform/dataPaths.ts';
import { systemCode } from '../../platform/errors.ts';
import { type Finding, missing, ok, warn } from './finding.ts';

const gibibyte = 1024 ** 3;
const littleSpace = 2 * gibibyte;
const noSpace = gibibyte / 4;

/** The directory that holds everything: may it be written, is it private, is there space. */
export async function checkDataDirectory(dataDir: string): Promise<Finding[]> {
  const existing = await nearestExisting(dataDir);
  const findings = [await checkAccess(dataDir, existing), await checkSpace(existing)];
  if (existing === dataDir) findings.push(...(await checkPrivate(dataDir)));
  return findings;
}

async function nearestExisting(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    (error: unknown) => systemCode(error) !== 'ENOENT',
  );
  return exists || dirname(path) === path ? path : nearestExisting(dirname(path));
}

async function checkAccess(dataDir: string, existing: string): Promise<Finding> {
  try {
    await access(existing, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok('data', existing === dataDir ? dataDir : `${dataDir}, made at the first start`);
  } catch (error) {
    const why =
      systemCode(error) === 'EROFS'
        ? 'is on a read-only file system'
        : `is not writable by uid ${process.getuid?.()}`;
    return missing(
      'data',
      `${existing} ${why}`,
      'chown it to the user that runs Slipway, or set SLIPWAY_DATA_DIR',
    );
  }
}

async function checkSpace(path: string): Promise<Finding> {
  const { bavail, bsize, ffree, files } = await statfs(path);
  const free = bavail * bsize;
  const text = `${(free / gibibyte).toFixed(1)} GiB free`;
  const fix = 'free some space there, or set SLIPWAY_DATA_DIR to another disk';
  if (free < noSpace) return missing('disk', `${text} at ${path}`, fix);
  if (files > 0 && ffree < 10_000) return warn('disk', `only ${ffree} inodes free at ${path}`, fix);
  return free < littleSpace ? warn('disk', `${text} at ${path}`, fix) : ok('disk', text);
}

/** Who can read the token or the key of the secrets is the operator of this Slipway. */
async function checkPrivate(dataDir: string): Promise<Finding[]> {
  const { machineToken, secretKey } = dataPaths(dataDir);
  const open: string[] = [];
  for (const path of [machineToken, secretKey]) {
    const info = await stat(path).catch(() => undefined);
    if (info !== undefined && (info.mode & 0o077) !== 0) open.push(path);
  }
  if (open.length === 0) return [ok('private', 'its secrets can be read by their owner only')];
  return [
    missing(
      'private',
      `others on this machine may read ${open.join(' and ')}`,
      `chmod 600 ${open.join(' ')}`,
    ),
  ];
}
