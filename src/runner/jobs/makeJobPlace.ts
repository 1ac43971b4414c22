import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobDirectories } from '../../workflows/run/index.ts';

/** Makes the directories of a job. Some programs name what they make after the directory that they stand in. */
export async function makeJobPlace(directory: string, repository: string): Promise<JobDirectories> {
  const directories = {
    workspace: join(directory, 'work', repository),
    home: join(directory, 'home'),
    temporary: join(directory, 'temp'),
    toolCache: join(directory, 'tools'),
  };
  await Promise.all(Object.values(directories).map((path) => mkdir(path, { recursive: true, mode: 0o700 })));
  return directories;
}
