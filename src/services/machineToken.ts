import { link, open, readFile, rm } from 'node:fs/promises';
import { newToken } from '../platform/crypto/index.ts';
import type { DataPaths } from '../platform/dataPaths.ts';
import { AppError, systemCode } from '../platform/errors.ts';

/**
 * The token of the 0600 file in the data directory, by which the CLI on this machine works without signing
 * in. Made at the first start; of two at once both read the same.
 */
export async function machineToken(paths: DataPaths): Promise<string> {
  const known = await readToken(paths.machineToken);
  if (known !== undefined) return known;
  const unfinished = `${paths.machineToken}.${process.pid}`;
  const { token } = newToken('slm');
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${token}\n`);
    await file.sync();
    await file.close();
    // link fails when the file exists: whoever comes first decides.
    await link(unfinished, paths.machineToken).catch((error: unknown) => {
      if (systemCode(error) !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { force: true });
  }
  const made = await readToken(paths.machineToken);
  if (made === undefined)
    throw new AppError('unavailable', `${paths.machineToken} vanished while it was made`);
  return made;
}

async function readToken(path: string): Promise<string | undefined> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    if (/^slm_[0-9A-Za-z]{20,}$/.test(token)) return token;
    throw new AppError(
      'unavailable',
      `${path} holds no token. Remove it and start Slipway again: it makes a new one`,
    );
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
