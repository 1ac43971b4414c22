import { mkdirSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { copyTree } from '../checkout/copyTree.ts';
import type { Checkout } from '../checkout/findCheckout.ts';
import { writeGitTemplate } from '../checkout/gitTemplate.ts';
import { listFiles, type TreeEntry } from '../checkout/listFiles.ts';
import type { JobDirectories } from '../jobHost.ts';
import { jobDirectories } from './jobDirectories.ts';
import { removeTree } from './runDirectory.ts';

/** The place of one job. */
export interface JobPlace {
  /** Counts from 1 in its run. */
  readonly number: number;
  readonly directories: JobDirectories;
  remove(): Promise<void>;
}

/** Makes the places of jobs, each for itself. */
export interface JobPlaces {
  /** Whether one takes so little time and room that it may be made before a job needs it. */
  readonly areSmall: boolean;
  make(): Promise<JobPlace>;
}

/** The working tree as it was at a moment, with a git directory of its own. */
export interface Pattern {
  readonly path: string;
  readonly entries: readonly TreeEntry[];
}

/** Copies the working tree below `directory`. */
export async function copyPattern(
  checkout: Checkout,
  originUrl: string | null,
  directory: string,
): Promise<Pattern> {
  const path = join(directory, 'tree');
  const git = join(path, '.git');
  const [entries] = await Promise.all([listFiles(checkout.root), writeGitTemplate(checkout, originUrl, git)]);
  await copyTree(checkout.root, path, entries);
  return { path, entries: [...entries, ...(await entriesOf(git, path))] };
}

/**
 * Places whose workspace begins as the working tree was. Whatever is changed meanwhile in the checkout, all jobs see
 * the same. `only`: there will be one job, which gets the pattern itself.
 */
export function copiedPlaces(
  { path, entries }: Pattern,
  checkout: Checkout,
  { directory, only }: { readonly directory: string; readonly only: boolean },
): JobPlaces {
  const fill = (workspace: string) => (only ? rename(path, workspace) : copyTree(path, workspace, entries));
  return places({ directory, checkout, fill, areSmall: entries.length <= fewEntries });
}

const fewEntries = 2000;

/** Places whose workspace begins empty, as GitHub's do. */
export function emptyPlaces(checkout: Checkout, directory: string): JobPlaces {
  const fill = async (workspace: string) => mkdirSync(workspace);
  return places({ directory, checkout, fill, areSmall: true });
}

function places({
  directory,
  checkout,
  fill,
  areSmall,
}: {
  readonly directory: string;
  readonly checkout: Checkout;
  readonly fill: (workspace: string) => Promise<void>;
  readonly areSmall: boolean;
}): JobPlaces {
  let made = 0;
  return {
    areSmall,
    async make() {
      made += 1;
      // Others are made meanwhile: two jobs of one number would end each other's processes.
      const number = made;
      const place = join(directory, String(number));
      const directories = jobDirectories(place, basename(checkout.root));
      // What is this little is done before a thread of Node's would have heard of it.
      mkdirSync(join(place, 'work'), { recursive: true });
      for (const own of [directories.home, directories.temporary, directories.toolCache]) mkdirSync(own);
      await fill(directories.workspace);
      return { number, directories, remove: () => removeTree(place) };
    },
  };
}

async function entriesOf(directory: string, root: string): Promise<TreeEntry[]> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  return found.map((entry) => ({
    path: Buffer.from(relative(root, join(entry.parentPath, entry.name))).toString('latin1'),
    kind: entry.isDirectory() ? 'directory' : 'file',
  }));
}
