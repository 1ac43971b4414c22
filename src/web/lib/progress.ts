import { type Deploy, isActive } from '../../contract/deploys.ts';
import { durationText } from './time.ts';

/** How far a deploy is, against what deploys there usually take. */
export interface ProgressReading {
  /** Between 0 and 1; undefined when there is nothing to measure it by. Never done before it is done. */
  readonly value: number | undefined;
  /** In words: "about 20 s left". */
  readonly text: string;
}

/** More than this is not claimed of what has not ended. */
const mostClaimed = 0.95;

/** The progress of an active deploy; undefined of one that waits or has ended. */
export function progressOf(
  deploy: Pick<Deploy, 'state' | 'started_at' | 'estimate_seconds'>,
  nowMs: number,
): ProgressReading | undefined {
  if (!isActive(deploy.state) || deploy.started_at === null) return undefined;
  const elapsed = Math.max(0, (nowMs - Date.parse(deploy.started_at)) / 1000);
  const estimate = deploy.estimate_seconds;
  if (estimate === null || estimate <= 0) return { value: undefined, text: `for ${durationText(elapsed)}` };
  const value = Math.min(mostClaimed, elapsed / estimate);
  const left = estimate - elapsed;
  if (left > 0) return { value, text: `about ${durationText(Math.ceil(left))} left` };
  return { value, text: `${durationText(-left)} longer than usual` };
}
