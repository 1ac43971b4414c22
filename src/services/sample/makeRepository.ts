import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fastImportStream } from '../../../sample/history/fastImport.ts';
import { readSampleFiles } from '../../../sample/history/readSampleFiles.ts';
import { story } from '../../../sample/history/story.ts';
import { tellStory } from '../../../sample/history/tellStory.ts';
import { runGit } from '../../platform/git/index.ts';
import { exists } from '../../platform/missing.ts';

/**
 * Makes the sample's bare repository, unless it is there: from then on it belongs to whoever pushes to it.
 * It appears complete or not at all; what an interrupted attempt left is removed. Answers whether it was made.
 */
export async function makeRepository(directory: string, now: Date): Promise<boolean> {
  if (await exists(directory)) return false;
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true, mode: 0o700 });
  const history = tellStory(story, await readSampleFiles());
  await runGit(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', '--', unfinished]);
  await runGit(['fast-import', '--quiet', '--done'], {
    gitDir: unfinished,
    input: fastImportStream(history, now),
  });
  await rename(unfinished, directory);
  return true;
}
