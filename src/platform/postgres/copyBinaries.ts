import { constants } from 'node:fs';
import { cp, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { exists } from '../missing.ts';
import { binariesIn, linkLibraries, type PostgresBinaries } from './binaries.ts';

const prefix = 'postgres-binaries-';

/**
 * Copies the binaries into the data directory, for an installation that its server user cannot run: no
 * right to read or execute them, or no place to link the libraries. Copies of other versions are removed.
 */
export async function copyBinaries(binaries: PostgresBinaries, dataDir: string): Promise<PostgresBinaries> {
  const copy = binariesIn(join(dataDir, prefix + binaries.version), binaries.version);
  await removeOtherCopies(dataDir, basename(copy.root));
  if (!(await exists(copy.root))) await copyTo(copy.root, binaries, dataDir);
  return copy;
}

async function removeOtherCopies(dataDir: string, keep: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith(prefix) && name !== keep);
  await Promise.all(names.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}

// Renamed into place only when whole and on disk, so that a crash leaves nothing that looks finished.
async function copyTo(target: string, binaries: PostgresBinaries, dataDir: string): Promise<void> {
  const unfinished = await mkdtemp(join(dataDir, `${prefix}unfinished-`));
  const root = join(unfinished, 'native');
  await cp(binaries.root, root, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
  await linkLibraries(binariesIn(root, binaries.version));
  await publish(root);
  await rename(root, target);
  await rm(unfinished, { recursive: true });
}

/** Lets every user read (and enter, and execute) what is in the copy, and puts it on disk. */
async function publish(root: string): Promise<void> {
  await setModeAndSync(root, 0o755);
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const executable = entry.isDirectory() || basename(entry.parentPath) === 'bin';
    await setModeAndSync(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
}

async function setModeAndSync(path: string, mode: number): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
