import type { RunDetail } from '../../contract/runs.ts';

export type ListedJob = RunDetail['jobs_list'][number];

/** The jobs of a run as a tree: those of a called workflow stand below its call. */
export type JobNode =
  | { readonly kind: 'job'; readonly job: ListedJob }
  | { readonly kind: 'call'; readonly name: string; readonly nodes: readonly JobNode[] }
  /** Not there yet: what it needs has not ended. */
  | { readonly kind: 'later'; readonly name: string; readonly needs: readonly string[] };

/** The tree of a run, in the order of its file. */
export function jobTree({
  graph,
  jobs_list,
  state,
}: Pick<RunDetail, 'graph' | 'jobs_list' | 'state'>): JobNode[] {
  const planned = new Set(graph.map(({ path }) => path));
  const strangers = jobs_list.filter(({ path }) => !planned.has(path));
  return [...below(null), ...strangers.map((job) => ({ kind: 'job' as const, job }))];

  function below(call: string | null): JobNode[] {
    return graph.filter((entry) => entry.call === call).flatMap(nodesOf);
  }

  function nodesOf({ path, id, needs }: RunDetail['graph'][number]): JobNode[] {
    const jobs = jobs_list.filter((job) => job.path === path);
    if (jobs.length > 0) return jobs.map((job) => ({ kind: 'job', job }));
    if (graph.some((entry) => entry.call === path)) {
      const nodes = below(path);
      return nodes.length === 0 ? [] : [{ kind: 'call', name: id, nodes }];
    }
    return state === 'completed' ? [] : [{ kind: 'later', name: id, needs: needs.map(nameOf) }];
  }

  function nameOf(path: string): string {
    return graph.find((entry) => entry.path === path)?.id ?? path;
  }
}
