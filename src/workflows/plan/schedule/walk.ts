import type { Value } from '../../expressions/index.ts';
import type { JobContexts, JobResult, JobSecrets, JobSpec } from '../jobSpec.ts';
import type { Plan, PlannedJob } from '../plan.ts';
import type { GroupClaim } from './groups.ts';
import { jobsByCall } from './jobOrder.ts';
import type { RunState, SkippedJob } from './runState.ts';
import type { Lineage, Standing } from './standing.ts';

/** One look at a run: what is known, and what comes of it. */
export interface Walk {
  readonly plan: Plan;
  readonly state: RunState;
  /** Keys of jobs, matrices and calls of which something was started or skipped. */
  readonly begun: ReadonlySet<string>;
  /** By the path of the call that they belong to; each after those that it needs. */
  readonly jobsOf: ReadonlyMap<string | null, readonly PlannedJob[]>;
  /** Looks at the jobs of a called workflow. */
  readonly descend: (walk: Walk, scope: Scope) => ReadonlyMap<string, Standing>;
  readonly out: Orders;
  /** How many more jobs may be looked at: matrices that are known late can call workflows with such matrices. */
  readonly budget: { left: number };
}

const maxLooks = 50_000;

/** What is to be done. */
export interface Orders {
  readonly start: JobSpec[];
  readonly skip: SkippedJob[];
  readonly cancel: { readonly key: string; readonly reason: string }[];
}

/** The jobs of one file, as they run: of the workflow itself, or of one call of another. */
export interface Scope {
  readonly call: string | null;
  /** Before each key of its jobs: `call/`, `call:2/`. */
  readonly keyPrefix: string;
  /** Before each name of its jobs: `call (a) / `. */
  readonly namePrefix: string;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly secrets: JobSecrets;
  /** Concurrency groups that are held for the calls that lead here. */
  readonly groups: readonly GroupClaim[];
  /** Why it is cancelled. */
  readonly cancelled: string | null;
}

/** A job whose needs have ended. */
export interface JobView {
  readonly walk: Walk;
  readonly scope: Scope;
  readonly job: PlannedJob;
  readonly key: string;
  /** What every key of it may read; `strategy` and `matrix` come later. */
  readonly contexts: Omit<JobContexts, 'strategy' | 'matrix'>;
  readonly lineage: Lineage;
  /** Of the scope, as far as they are known. */
  readonly standings: ReadonlyMap<string, Standing>;
}

/** One job of a matrix, or the only one of a job without. */
export interface Instance {
  readonly walk: Walk;
  readonly scope: Scope;
  readonly job: PlannedJob;
  readonly key: string;
  /** As far as it can be said. */
  readonly name: string;
  readonly contexts: JobContexts;
}

/** How an instance stands (null: it goes on), and what is to be done about it. */
export interface Look {
  readonly result: JobResult | null;
  readonly orders: Orders;
}

/** Begins a look at a run. */
export function openWalk(plan: Plan, state: RunState, descend: Walk['descend']): Walk {
  const budget = { left: maxLooks };
  return { plan, state, begun: begunKeys(state), jobsOf: jobsByCall(plan), descend, out: noOrders(), budget };
}

export function noOrders(): Orders {
  return { start: [], skip: [], cancel: [] };
}

export function isNothing({ start, skip, cancel }: Orders): boolean {
  return start.length + skip.length + cancel.length === 0;
}

export function addOrders(to: Orders, from: Orders): void {
  to.start.push(...from.start);
  to.skip.push(...from.skip);
  to.cancel.push(...from.cancel);
}

/** `call:2/test:1` makes `call`, `call:2`, `call:2/test` and `call:2/test:1` begun. */
function begunKeys(state: RunState): Set<string> {
  const begun = new Set<string>();
  for (const key of Object.keys(state.jobs)) {
    begun.add(key);
    for (let at = key.length - 1; at > 0; at -= 1) {
      if (key[at] === ':' || key[at] === '/') begun.add(key.slice(0, at));
    }
  }
  return begun;
}
