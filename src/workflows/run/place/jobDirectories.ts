import { join } from 'node:path';
import type { JobDirectories } from '../jobHost.ts';

/** Where what a job has lies in its place. Some programs name what they make after the directory that they stand in. */
export const jobDirectories = (place: string, repository: string): JobDirectories => ({
  workspace: join(place, 'work', repository),
  home: join(place, 'home'),
  temporary: join(place, 'temp'),
  toolCache: join(place, 'tools'),
});
