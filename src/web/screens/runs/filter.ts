import type { CallInput } from '../../../contract/endpoint.ts';
import type { runs } from '../../../contract/runEndpoints.ts';
import { runStates, workflowConclusions } from '../../../contract/states.ts';
import type { RunFilter } from '../../app/paths.ts';

export const filterNames = [
  'repository',
  'workflow',
  'branch',
  'sha',
  'event',
  'actor',
  'state',
  'conclusion',
] as const satisfies readonly RunFilter[];

type RunsQuery = NonNullable<CallInput<typeof runs.listRuns>['query']>;

/** What to ask for. What an address says that the server would refuse is left out: addresses are typed and shortened. */
export function runsQuery({
  state,
  conclusion,
  sha,
  ...texts
}: Partial<Record<RunFilter, string>>): RunsQuery {
  const knownState = (['open', ...runStates] as const).find((known) => known === state);
  const knownConclusion = workflowConclusions.find((known) => known === conclusion);
  return {
    ...texts,
    ...(sha !== undefined && /^[0-9a-f]{4,64}$/.test(sha) ? { sha } : {}),
    ...(knownState === undefined ? {} : { state: knownState }),
    ...(knownConclusion === undefined ? {} : { conclusion: knownConclusion }),
  };
}

/** One choice for both: how it stands, or how it ended. */
export const outcomes = [
  { value: '', label: 'All runs' },
  { value: 'open', label: 'Open' },
  { value: 'success', label: 'Succeeded' },
  { value: 'failure', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'skipped', label: 'Skipped' },
] as const;
