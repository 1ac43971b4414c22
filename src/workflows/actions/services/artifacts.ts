import { AppError } from '../../../platform/errors.ts';
import { type EntryStore, listEntries, openEntryStore, type StoreOptions } from './store/entryStore.ts';
import { readFacts } from './store/readFacts.ts';

/** What is known of an artifact. */
export interface ArtifactFacts {
  readonly id: number;
  readonly name: string;
  /** The run that it is of. */
  readonly run: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly createdAt: string;
}

export type ArtifactStore = EntryStore<ArtifactFacts>;

/** An artifact as people find it: `file` is its archive, or the file itself if it was kept without one. */
export interface KeptArtifact {
  readonly name: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly createdAt: Date;
  readonly sha256: string;
  readonly mimeType: string;
}

function parseFacts(value: unknown): (ArtifactFacts & { readonly fileName: string }) | null {
  const facts = readFacts(value, {
    texts: ['name', 'run', 'mimeType', 'sha256', 'createdAt', 'fileName'],
    numbers: ['id', 'sizeBytes'],
  });
  return facts === null || facts.fileName.includes('/') ? null : facts;
}

/** Opens the artifacts below a directory: `<directory>/<name>/<name>.zip`. */
export function openArtifactStore(directory: string, options: StoreOptions): Promise<ArtifactStore> {
  return openEntryStore(directory, options, parseFacts);
}

/** The artifacts that are below a directory, by name. */
export async function listArtifacts(directory: string): Promise<KeptArtifact[]> {
  const kept = (await listEntries(directory, parseFacts)).map(({ file, facts }) => ({
    name: facts.name,
    file,
    sizeBytes: facts.sizeBytes,
    createdAt: new Date(facts.createdAt),
    sha256: facts.sha256,
    mimeType: facts.mimeType,
  }));
  return kept.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The directory of an artifact: its name. Throws `invalid_input` for one that GitHub would not take, or no disk. */
export function artifactId(name: string): string {
  if (/["<>|*?\r\n\\/:\p{Cc}]/u.test(name) || Buffer.byteLength(name) > 200)
    throw new AppError('invalid_input', `${JSON.stringify(name)} cannot be the name of an artifact`);
  // A name that begins with a dot would be the directory itself, the one above, or that of uploads.
  return name.replace(/^\./, '%2E');
}

export function fileNameOf(name: string, mimeType: string): string {
  return /zip/.test(mimeType) && !name.endsWith('.zip') ? `${artifactId(name)}.zip` : artifactId(name);
}
