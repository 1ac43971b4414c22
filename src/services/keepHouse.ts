import { forgetExpiredSessions } from '../modules/auth/index.ts';
import { forgetOldRunners } from '../modules/runners/index.ts';
import {
  forgetOldArtifacts,
  forgetOldJobLogs,
  forgetOldRuns,
  keepOpenCommits,
} from '../modules/runs/index.ts';
import { forgetOldDeliveries } from '../modules/webhooks/index.ts';
import { happenedBetween, pruneEvents } from '../platform/events/events.ts';
import { forgetOldKeys } from '../platform/http/idempotency.ts';
import type { Core } from './core.ts';

const eventsKeptDays = 30;

/**
 * Removes what nobody needs any more. What would be missed is removed because of its age only while something happened
 * between one and two days ago: else the clock may just have been set far ahead, and nothing is as old as it seems. Who sets
 * it right within a day has lost nothing, and where nothing happens no room is needed.
 */
export async function keepHouse(core: Core, signal: AbortSignal): Promise<void> {
  const { db, settings, paths } = core;
  const now = core.now();
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  await forgetExpiredSessions(db, now);
  await forgetOldKeys(db, now);
  await forgetOldRunners(db);
  await keepOpenCommits(core, now);
  if (!(await happenedBetween(db, daysAgo(2), daysAgo(1)))) return;
  await forgetOldDeliveries(core);
  await forgetOldArtifacts(paths, daysAgo(settings.artifactDays));
  await forgetOldJobLogs(core, daysAgo(settings.jobLogDays), signal);
  await forgetOldRuns(db, daysAgo(settings.runDays), signal);
  await pruneEvents(db, daysAgo(eventsKeptDays));
}
