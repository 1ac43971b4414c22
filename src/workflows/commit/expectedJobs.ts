import {
  type NextJobs,
  newRun,
  nextJobs,
  type Plan,
  type RunState,
  recordNext,
  recordResult,
} from '../plan/index.ts';

/** Names of the jobs that a plan would run if each of them succeeded, without outputs. */
export function expectedJobs(plan: Plan): string[] {
  const names: string[] = [];
  let state: RunState = newRun;
  for (;;) {
    const next: NextJobs = nextJobs(plan, state);
    state = recordNext(state, next);
    for (const { name } of [...next.start, ...next.skip]) names.push(name);
    for (const { key } of next.start)
      state = recordResult(state, key, { conclusion: 'success', outputs: {} });
    if (next.conclusion !== null || next.start.length + next.skip.length === 0) return names;
  }
}
