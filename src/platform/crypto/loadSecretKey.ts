import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError, systemCode } from '../errors.ts';
import { parseSecretKey, type SecretKey, secretKeyBytes, secretKeyFromEnvironment } from './secretKey.ts';

export interface SecretKeySource {
  /** The value of `SLIPWAY_SECRET_KEY`, undefined when it is not set. */
  environmentValue: string | undefined;
  /** Where the key is kept when it is not; its directory exists. Made at the first start, with mode 0600. */
  file: string;
}

/**
 * The secret key: from the environment, else from the file, which is made if it does not exist. Processes that
 * start at once all get the same key. Throws an AppError for a key that is none, and for a file that others may read.
 */
export async function loadSecretKey(source: SecretKeySource): Promise<SecretKey> {
  if (source.environmentValue !== undefined) return secretKeyFromEnvironment(source.environmentValue);
  try {
    return (await readKeyFile(source.file)) ?? (await makeKeyFile(source.file));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'unavailable',
      `cannot read or make the secret key ${source.file}: ${reason}`,
      {},
      { cause },
    );
  }
}

/** The key in the file, or null if there is no file. */
async function readKeyFile(file: string): Promise<SecretKey | null> {
  const handle = await openIfExists(file);
  if (handle === null) return null;
  try {
    await refuseOthers(handle, file);
    const key = parseSecretKey(await handle.readFile('utf8'));
    if (key) return key;
  } finally {
    await handle.close();
  }
  throw new AppError(
    'unavailable',
    `${file} holds no secret key: it must be 32 bytes as 64 hexadecimal digits or as base64. Restore it from a backup. ` +
      'Without it, stored secrets cannot be read; if there are none, remove the file and start again',
  );
}

async function openIfExists(file: string): Promise<FileHandle | null> {
  try {
    // Not blocking, so that a pipe in its place is found out and does not hold the start for ever.
    return await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return null;
    throw cause;
  }
}

async function refuseOthers(handle: FileHandle, file: string): Promise<void> {
  const stats = await handle.stat();
  if (!stats.isFile())
    throw new AppError('unavailable', `${file} is not a file; the secret key belongs there`);
  if ((stats.mode & 0o077) === 0) return;
  const mode = (stats.mode & 0o777).toString(8).padStart(4, '0');
  throw new AppError(
    'unavailable',
    `${file} can be read or written by others (mode ${mode}). Run \`chmod 600 ${file}\`; ` +
      'if someone may have read it, the secrets that are stored here should be replaced',
  );
}

/**
 * Writes a new key beside its place and links it there: the link either makes a complete file or fails because
 * another process was first, and then that one's key counts. A rename would replace it.
 */
async function makeKeyFile(file: string): Promise<SecretKey> {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    await writeDraft(draft, `${randomBytes(secretKeyBytes).toString('base64')}\n`);
    await linkUnlessExists(draft, file);
  } finally {
    await unlinkIfExists(draft);
  }
  await syncDirectory(dirname(file));
  const key = await readKeyFile(file);
  if (key) return key;
  throw new AppError('unavailable', `${file} was removed while Slipway started; start it again`);
}

async function writeDraft(draft: string, text: string): Promise<void> {
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function linkUnlessExists(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause;
  }
}

async function unlinkIfExists(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw cause;
  }
}

/** A key that a power cut took away again would make all that was sealed with it unreadable. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
