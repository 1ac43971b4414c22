import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../../../../platform/errors.ts';
import { processIdentity } from '../../../../platform/processes/identity.ts';
import {
  beginUpload,
  blocksName,
  contentName,
  isGone,
  makeDirectory,
  openUpload,
  type Upload,
} from './upload.ts';

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
  /** `note`: what whoever goes on with it has to know. */
  begin(note: UploadNote): Promise<Upload>;
  /** An upload that is under way, by its id. */
  upload(id: string): Upload | undefined;
  /** Uploads that this owner had begun before, in another process. */
  readonly resumed: readonly { readonly upload: Upload; readonly note: UploadNote }[];
  /** Makes an upload an entry. `replace`: one of the same name goes; else answers false, and the upload is discarded. */
  publish(
    upload: Upload,
    entry: { id: string; fileName: string; facts: Facts; replace: boolean },
  ): Promise<boolean>;
  list(): Promise<Entry<Facts>[]>;
  /** The one of that id, without a look at the others; undefined when it is gone. */
  entry(id: string): Promise<Entry<Facts> | undefined>;
  remove(id: string): Promise<void>;
  /** Counts for what was used least lately. */
  touch(id: string, now: Date): Promise<void>;
  /** Leaves nothing but entries, unless uploads are under way. */
  close(): Promise<void>;
}

export type UploadNote = Readonly<Record<string, string>>;

export interface StoreOptions {
  readonly maxBytes: number;
  /** Whose uploads outlive this process, by a name that begins with a letter; else they are of the process. */
  readonly owner?: string | undefined;
}

const uploadsName = '.uploads';
const factsName = 'entry.json';
const noteName = 'note.json';
/** Addresses of uploads are valid for half as long. */
const abandonedAfterMs = 12 * 3_600_000;

/** Opens a store, and removes what processes that are gone had begun to upload. */
export async function openEntryStore<Facts extends { readonly fileName: string }>(
  directory: string,
  { maxBytes, owner }: StoreOptions,
  parse: (facts: unknown) => Facts | null,
): Promise<EntryStore<Omit<Facts, 'fileName'>>> {
  const uploads = join(directory, uploadsName);
  await mkdir(directory, { recursive: true });
  await removeAbandoned(uploads);
  const resumed = owner === undefined ? [] : await readBegun(uploads, owner, maxBytes);
  const begun = new Map(resumed.map(({ upload }) => [upload.id, upload]));
  let wasUsed = owner !== undefined;

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
    resumed,
    upload: (id) => begun.get(id),
    async begin(note) {
      wasUsed = true;
      const upload = await beginUpload(uploads, owner ?? String(process.pid), maxBytes);
      await writeFile(join(upload.directory, noteName), JSON.stringify(note));
      begun.set(upload.id, upload);
      return upload;
    },
    async publish(upload, { id, fileName, facts, replace }) {
      begun.delete(upload.id);
      const content = join(upload.directory, contentName);
      for (const name of [blocksName, noteName])
        await rm(join(upload.directory, name), { recursive: true, force: true });
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
    entry: (id) => readEntry(directory, id, parse),
    remove: moveAside,
    async touch(id, now) {
      await utimes(join(directory, id, factsName), now, now).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    },
    async close() {
      await Promise.all([...begun.values()].map((upload) => upload.discard()));
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
  const ids = (await namesIn(directory)).filter((name) => name !== uploadsName);
  const entries = await Promise.all(ids.map((id) => readEntry(directory, id, parse)));
  return entries.filter((entry) => entry !== undefined);
}

async function readEntry<Facts extends { readonly fileName: string }>(
  directory: string,
  id: string,
  parse: (facts: unknown) => Facts | null,
): Promise<Entry<Omit<Facts, 'fileName'>> | undefined> {
  const facts = parse(await readJson(join(directory, id, factsName)));
  return facts === null ? undefined : { id, file: join(directory, id, facts.fileName), facts };
}

async function removeAbandoned(uploads: string): Promise<void> {
  // It is there only while a job needs it.
  for (const name of await namesIn(uploads)) {
    if (await isWanted(uploads, name)) continue;
    await rm(join(uploads, name), { recursive: true, force: true });
  }
}

async function isWanted(uploads: string, name: string): Promise<boolean> {
  if (/^\d/.test(name)) return processIdentity(Number.parseInt(name, 10)) !== undefined;
  const { mtimeMs } = (await stat(join(uploads, name)).catch(() => null)) ?? { mtimeMs: 0 };
  return Date.now() - mtimeMs < abandonedAfterMs;
}

/** One whose note is not whole had not been answered: nobody knows of it. */
async function readBegun(uploads: string, owner: string, maxBytes: number) {
  const names = (await namesIn(uploads)).filter((name) => name.startsWith(`${owner}-`));
  const begun = names.map(async (name) => {
    const directory = join(uploads, name);
    const note = (await readJson(join(directory, noteName))) as UploadNote | undefined;
    return note === undefined ? [] : [{ upload: openUpload(directory, maxBytes), note }];
  });
  return (await Promise.all(begun)).flat();
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Undefined when it is not there, or not whole. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (isGone(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
