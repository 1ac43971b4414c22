import type { RunDetail } from '../../../../contract/runs.ts';

export type GraphJob = RunDetail['jobs_list'][number];

/** A job as it is written, with the jobs that it became: none yet, one, or a leg of its matrix each. */
export interface GraphNode {
  readonly path: string;
  readonly id: string;
  readonly needs: readonly string[];
  readonly jobs: readonly GraphJob[];
  /** Of a workflow that it calls, in the order in which they run. */
  readonly inner: readonly GraphNode[];
}

export interface GraphLayout {
  /** What needs nothing stands in the first; everything else right of all that it needs. */
  readonly columns: readonly (readonly GraphNode[])[];
  /** From what is needed to what needs it, without those that others imply. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Lays the jobs of a run out by what they need. */
export function layoutOf({ graph, jobs_list }: Pick<RunDetail, 'graph' | 'jobs_list'>): GraphLayout {
  const jobsOf = Map.groupBy(jobs_list, ({ path }) => path);
  const written = new Map(graph.map((node) => [node.path, node]));
  const depths = new Map<string, number>();

  function depthOf(path: string): number {
    const known = depths.get(path);
    if (known !== undefined) return known;
    // What needs itself was refused when it was planned; a picture of it would never end.
    depths.set(path, 0);
    const needs = written.get(path)?.needs ?? [];
    const depth = needs.reduce((deepest, need) => Math.max(deepest, depthOf(need) + 1), 0);
    depths.set(path, depth);
    return depth;
  }

  const nodesIn = (call: string | null): GraphNode[] =>
    graph
      .filter((node) => node.call === call)
      .map(({ path, id, needs }) => ({
        ...{ path, id, needs },
        jobs: jobsOf.get(path) ?? [],
        inner: nodesIn(path),
      }))
      .sort((a, b) => depthOf(a.path) - depthOf(b.path));

  const nodes = nodesIn(null);
  const columns: GraphNode[][] = [];
  for (const node of nodes) {
    const column = columns[depthOf(node.path)] ?? [];
    columns[depthOf(node.path)] = column;
    column.push(node);
  }
  return { columns, edges: edgesOf(nodes, depthOf) };
}

function edgesOf(nodes: readonly GraphNode[], depthOf: (path: string) => number): GraphLayout['edges'] {
  const needsOf = new Map(nodes.map(({ path, needs }) => [path, needs]));
  const above = new Map<string, ReadonlySet<string>>();
  // In the order of their depth: what a job needs is known before it.
  for (const { path } of nodes.toSorted((a, b) => depthOf(a.path) - depthOf(b.path))) {
    const all = new Set<string>();
    for (const need of needsOf.get(path) ?? []) {
      all.add(need);
      for (const further of above.get(need) ?? []) all.add(further);
    }
    above.set(path, all);
  }
  return nodes.flatMap(({ path, needs }) =>
    needs
      .filter((need) => !needs.some((other) => other !== need && above.get(other)?.has(need)))
      .map((need) => ({ from: need, to: path })),
  );
}
