import type { Planner, RunsContext } from '../modules/runs/index.ts';
import { actionPlaces } from '../workflows/actions/index.ts';
import type { Core } from './core.ts';

/** What use cases about runs work with, in this process. */
export const runsContextOf = ({ db, now, paths, settings }: Core, planner: Planner): RunsContext => ({
  db,
  now,
  paths,
  planner,
  publicUrl: settings.urlPrefix,
  actionPlaces: actionPlaces([], process.env),
});
