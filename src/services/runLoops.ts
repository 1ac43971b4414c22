import {
  admitWaiting,
  advanceRuns,
  fireSchedules,
  openPlanner,
  planTriggers,
  recoverJobs,
} from '../modules/runs/index.ts';
import type { StoredEvent } from '../platform/events/events.ts';
import { repeat } from '../platform/repeat.ts';
import type { Core } from './core.ts';
import { runsContextOf } from './runsContext.ts';

/** Events after which a run may have something to do. */
const mayAdvance = /^(run\.(created|cancelling|completed)|job\.(completed|queued))$/;
const tickMs = 1000;

/** What makes runs of workflows go on: triggers are planned, runs advance, jobs of dead runners are settled. */
export function startRunLoops(core: Core, signal: AbortSignal) {
  const { db, log, now } = core;
  const planner = openPlanner();
  const runs = runsContextOf(core, planner);
  const planning = repeat('planning runs', tickMs, log, async () => {
    while (!signal.aborted && (await planTriggers(runs)));
  });
  const advancing = repeat('advancing runs', tickMs, log, async () => {
    while (!signal.aborted && (await advanceRuns(runs)));
  });
  const minding = repeat('minding jobs', tickMs, log, async () => {
    await recoverJobs(runs);
    await admitWaiting(runs);
    await fireSchedules(db, now());
  });
  return {
    heed: ({ kind }: StoredEvent): void => {
      if (kind === 'trigger.recorded') planning.wake();
      if (mayAdvance.test(kind)) advancing.wake();
      if (kind === 'job.approved') minding.wake();
    },
    close: async (): Promise<void> => {
      await Promise.all([planning, advancing, minding].map((loop) => loop.stop()));
      await planner.close();
    },
  };
}
