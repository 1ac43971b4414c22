import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../../platform/errors.ts';
import { processIdentity } from '../../../../platform/processes/identity.ts';
import { beginUpload, contentName, makeDirectory, type Upload } from './upload.ts';

/** Something that is kept, with what is known of it. */
export interface Entry<Facts> {
  /** The name of its directory. */
  readonly id: string;
  /** Of its content. */
  readonly file: string;
  readonly facts: Facts;
}

/**
 * Entries on disk, each a directory with its facts and one file. A directory appears by being renamed when all is in
 * it, so that none is ever seen half, also after `kill -9`, and any number of processes may share a store.
 */
export interface EntryStore<Facts> {
  begin(): Promise<Upload>;
  /** Makes an upload an entry. `replace`: one of the same name goes; else answers false, and the upload is discarded. */
  publish(
    upload: Upload,
    entry: { id: string; fileName: string; facts: Facts; replace: boolean },
  ): Promise<boolean>;
  list(): Promise<Entry<Facts>[]>;
  remove(id: string): Promise<void>;
  /** Counts for what was used least lately. */
  touch(id: string, now: Date): Promise<void>;
  /** Leaves nothing but entries, unless uploads are under way. */
  close(): Promise<void>;
}

const uploadsName = '.uploads';
const factsName = 'entry.json';

/** Opens a store, and removes what processes that are gone had begun to upload. */
export async function openEntryStore<Facts extends { readonly fileName: string }>(
  directory: string,
  maxBytes: number,
  parse: (facts: unknown) => Facts | null,
): Promise<EntryStore<Omit<Facts, 'fileName'>>> {
  const uploads = join(directory, uploadsName);
  await mkdir(directory, { recursive: true });
  await removeAbandoned(uploads);
  const begun = new Set<Upload>();
  let wasUsed = false;

  const moveAside = async (id: string): Promise<void> => {
    const trash = join(uploads, `${process.pid}-${randomUUID()}`);
    wasUsed = true;
    await makeDirectory(trash);
    try {
      await rename(join(directory, id), join(trash, 'entry'));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    await rm(trash, { recursive: true, force: true });
  };

  return {
    async begin() {
      wasUsed = true;
      const upload = await beginUpload(uploads, maxBytes);
      begun.add(upload);
      return upload;
    },
    async publish(upload, { id, fileName, facts, replace }) {
      begun.delete(upload);
      const content = join(upload.directory, contentName);
      await rm(join(upload.directory, 'blocks'), { recursive: true, force: true });
      await writeFile(join(upload.directory, factsName), JSON.stringify({ ...facts, fileName }));
      if (fileName !== contentName) await rename(content, join(upload.directory, fileName));
      if (replace) await moveAside(id);
      try {
        await rename(upload.directory, join(directory, id));
        return true;
      } catch (error) {
        if (!['ENOTEMPTY', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
        await upload.discard();
        return false;
      }
    },
    list: () => listEntries(directory, parse),
    remove: moveAside,
    async touch(id, now) {
      await utimes(join(directory, id, factsName), now, now).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    },
    async close() {
      await Promise.all([...begun].map((upload) => upload.discard()));
      if (!wasUsed) return;
      await rmdir(uploads).catch((error: unknown) => {
        if (!isGone(error) && systemCode(error) !== 'ENOTEMPTY') throw error;
      });
    },
  };
}

/** The entries below a directory, which is only read; what is no entry is passed over. */
export async function listEntries<Facts extends { readonly fileName: string }>(
  directory: string,
  parse: (facts: unknown) => Facts | null,
): Promise<Entry<Omit<Facts, 'fileName'>>[]> {
  const read = async (id: string): Promise<Entry<Omit<Facts, 'fileName'>>[]> => {
    try {
      const facts = parse(JSON.parse(await readFile(join(directory, id, factsName), 'utf8')));
      return facts === null ? [] : [{ id, file: join(directory, id, facts.fileName), facts }];
    } catch (error) {
      if (isGone(error) || error instanceof SyntaxError) return [];
      throw error;
    }
  };
  const names = await readdir(directory).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
  return (await Promise.all(names.filter((name) => name !== uploadsName).map(read))).flat();
}

async function removeAbandoned(uploads: string): Promise<void> {
  // It is there only while a job needs it.
  const names = await readdir(uploads).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
  for (const name of names) {
    if (processIdentity(Number.parseInt(name, 10)) !== undefined) continue;
    await rm(join(uploads, name), { recursive: true, force: true });
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
}
