import { useEffect, useEffectEvent } from 'react';
import { api } from '../../../contract/index.ts';
import type { WorkflowRun } from '../../../contract/runs.ts';
import { useApi } from '../../api/hooks.ts';

/** Calls back with the run that a dispatch started, once it is planned; answers whether that is waited for. */
export function useStartedRun(trigger: number | undefined, onRun: (run: WorkflowRun) => void): boolean {
  // Its planning tells of the run by an event, and the list is asked again.
  const { data } = useApi(
    api.listRuns,
    { query: { trigger: trigger ?? 0 } },
    { enabled: trigger !== undefined },
  );
  const run = data?.items[0];
  const found = useEffectEvent(onRun);
  useEffect(() => {
    if (run !== undefined) found(run);
  }, [run]);
  return trigger !== undefined && run === undefined;
}
