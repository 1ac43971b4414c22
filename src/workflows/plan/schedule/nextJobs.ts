import type { Conclusion } from '../jobSpec.ts';
import type { Plan } from '../plan.ts';
import type { NextJobs, RunState } from './runState.ts';
import { combineResults } from './standing.ts';
import { openWalk, type Scope } from './walk.ts';
import { walkScope } from './walkScope.ts';

/**
 * What a run is to do now: which jobs may start, which end without having run, which must be cancelled, and the
 * conclusion when all have ended. Pure: whoever asks records what was answered, and asks again when a job has ended.
 */
export function nextJobs(plan: Plan, state: RunState): NextJobs {
  const walk = openWalk(plan, state, walkScope);
  const standings = walkScope(walk, rootScope(plan, state));
  const results = [...standings.values()].map(({ result }) => result);
  const ended = results.filter((result) => result !== null);
  const over = ended.length === results.length;
  return { ...walk.out, conclusion: over ? conclude(state, combineResults(ended).conclusion) : null };
}

function rootScope(plan: Plan, state: RunState): Scope {
  return {
    call: null,
    keyPrefix: '',
    namePrefix: '',
    inputs: plan.inputs,
    secrets: plan.secrets,
    groups: [],
    cancelled: state.cancelled ? 'the run was cancelled' : null,
  };
}

function conclude(state: RunState, conclusion: Conclusion): Conclusion {
  return state.cancelled ? 'cancelled' : conclusion;
}
