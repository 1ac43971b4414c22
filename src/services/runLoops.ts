import {
  admitWaiting,
  fireSchedules,
  heedDefaultBranches,
  openAdvancing,
  openPlanner,
  openPlanning,
  recoverJobs,
} from '../modules/runs/index.ts';
import type { StoredEvent } from '../platform/events/events.ts';
import { repeat } from '../platform/repeat.ts';
import type { Core } from './core.ts';
import { openLanes } from './lanes.ts';
import { runsContextOf } from './runsContext.ts';
import type { ClockWatch } from './watchClock.ts';

/** Events after which a run may have something to do. */
const mayAdvance = /^(run\.(created|cancelling|completed)|job\.completed)$/;
const tickMs = 1000;
/** A repository whose workflows are slow to plan holds up no other, unless there are so many of them. */
const planningAtOnce = 3;
const advancingAtOnce = 3;

/** What makes runs of workflows go on: triggers are planned, runs advance, jobs of dead runners are settled. */
export function startRunLoops(core: Core, clock: ClockWatch) {
  const { db, log, now } = core;
  const planner = openPlanner({ threads: planningAtOnce + advancingAtOnce });
  const runs = runsContextOf(core, planner);
  const planning = openLanes({
    ...{ name: 'planning runs', most: planningAtOnce, everyMs: tickMs, log },
    ...openPlanning(runs),
  });
  const advancing = openLanes({
    ...{ name: 'advancing runs', most: advancingAtOnce, everyMs: tickMs, log },
    ...openAdvancing(runs),
  });
  const minding = repeat('minding jobs', tickMs, log, async () => {
    if (await clock.isSteady()) await recoverJobs(runs);
    await admitWaiting(runs);
    await fireSchedules(db, now());
  });
  const heeding = repeat('heeding default branches', tickMs, log, () => heedDefaultBranches(runs));
  return {
    heed: ({ kind }: StoredEvent): void => {
      if (kind === 'trigger.recorded') planning.wake();
      if (mayAdvance.test(kind)) advancing.wake();
      if (kind === 'job.approved') minding.wake();
    },
    close: async (): Promise<void> => {
      await Promise.all([planning, advancing, minding, heeding].map((loop) => loop.stop()));
      await planner.close();
    },
  };
}
