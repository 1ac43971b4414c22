import { mkdir } from 'node:fs/promises';
import { type JobDirectories, jobDirectories } from '../../workflows/run/index.ts';

/** Makes the directories of a job. */
export async function makeJobPlace(directory: string, repository: string): Promise<JobDirectories> {
  const { workspace, home, temporary, toolCache } = jobDirectories(directory, repository);
  const paths = [workspace, home, temporary, toolCache];
  await Promise.all(paths.map((path) => mkdir(path, { recursive: true, mode: 0o700 })));
  return { workspace, home, temporary, toolCache };
}
