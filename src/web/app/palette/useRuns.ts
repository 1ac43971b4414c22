import { useLocation } from 'wouter';
import { api } from '../../../contract/index.ts';
import type { WorkflowRun } from '../../../contract/runs.ts';
import { useApi } from '../../api/hooks.ts';
import { markOfRun, shortRef } from '../../features/runs/marks.ts';
import { stateWord } from '../../ui/StateMark.tsx';
import { paths } from '../paths.ts';
import type { PaletteAction } from './actions.ts';

/** The newest runs, those of a sha that is typed, and their workflows. */
export function useRuns(typed: string): PaletteAction[] {
  const [, go] = useLocation();
  const sha = /^[0-9a-f]{4,64}$/.test(typed.trim()) ? typed.trim() : undefined;
  const newest = useApi(api.listRuns, { query: { limit: 20 } });
  const ofSha = useApi(api.listRuns, { query: { limit: 20, ...(sha ? { sha } : {}) } }, { enabled: !!sha });
  const found = new Map<number, WorkflowRun>();
  for (const run of [...(ofSha.data?.items ?? []), ...(newest.data?.items ?? [])]) found.set(run.id, run);
  const runs = [...found.values()];
  const workflows = new Map(runs.map((run) => [`${run.repository}/${run.workflow}`, run]));
  return [
    ...runs.map(
      (run): PaletteAction => ({
        id: `run-${run.id}`,
        label: run.name,
        group: 'Runs',
        icon: 'runs',
        keywords: `${run.sha} ${run.title} ${run.actor} ${shortRef(run.ref)} ${stateWord(markOfRun(run))}`,
        hint: `${stateWord(markOfRun(run))} · ${run.short_sha} ${run.title}`,
        run: () => go(paths.run(run.id)),
      }),
    ),
    ...[...workflows].map(
      ([name, { repository, workflow, file }]): PaletteAction => ({
        id: `workflow-${name}`,
        label: `Runs of ${name}`,
        group: 'Runs',
        icon: 'runs',
        keywords: `workflow ${file}`,
        run: () => go(paths.runs({ repository, workflow })),
      }),
    ),
  ];
}
