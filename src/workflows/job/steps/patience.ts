import type { StopPatience } from '../../run/jobHost.ts';

/** How actions/runner stops a step: TERM after 7.5 s, KILL after 2.5 s more; a cancelled job has 5 minutes. */
export const defaultPatience: StopPatience = { interruptMs: 7_500, terminateMs: 2_500, cancelledMs: 300_000 };

/** Never aborted. */
export const never: AbortSignal = new AbortController().signal;
