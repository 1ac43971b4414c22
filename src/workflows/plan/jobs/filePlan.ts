import type { Value } from '../../expressions/index.ts';
import type { Finding, Workflow } from '../../language/index.ts';
import type { Plan, PlannedCall, PlannedConcurrency, PlannedJob } from '../plan.ts';
import type { PlanInput } from '../planInput.ts';
import { Refusal } from '../refusal.ts';
import type { Grants } from './permissions.ts';

/** What the planning of all files shares. */
export interface Planning {
  readonly input: PlanInput;
  readonly frame: Omit<Plan, 'jobs'>;
  readonly jobs: PlannedJob[];
  readonly findings: Finding[];
  /** How what a finding is about can be left out of the run, in options of the command. */
  readonly ways: Map<Finding, string>;
  /** Ids of the jobs of the workflow itself, also for what they call, that have no such way, or never run. */
  readonly refused: Set<string>;
  /** How often something without a way was found, also what was known already. */
  noted: number;
  /** Workflows that are called, as `resolveCall` spells them. */
  readonly called: Set<string>;
  /** How many jobs there will be, as far as it is known. */
  size: number;
}

/** A file whose jobs are planned. */
export interface FilePlan {
  readonly workflow: Workflow;
  /** Ids of its jobs by their lower case: `needs` may spell them otherwise. */
  readonly ids: ReadonlyMap<string, string>;
  /** The call that it is planned for; null for the workflow itself. */
  readonly call: PlannedCall | null;
  /** What led here, this file last, as `resolveCall` spells it. */
  readonly chain: readonly string[];
  /** Null while they depend on what the call needs. */
  readonly inputs: Readonly<Record<string, Value>> | null;
  /** How often it is called by the matrices that lead here. */
  readonly copies: number;
  /** Concurrency groups that are held for the run and the calls that lead here, as far as they are known. */
  readonly groups: readonly PlannedConcurrency[];
  /** What its caller may do; null for the workflow itself. */
  readonly ceiling: Ceiling | null;
}

/** Ids of the jobs of a workflow by their lower case. */
export function idsOf({ jobs }: Workflow): ReadonlyMap<string, string> {
  return new Map(jobs.map(({ id }) => [id.value.toLowerCase(), id.value]));
}

export interface Ceiling {
  readonly grants: Grants;
  /** A `permissions:` says so; else it is the default, which a repository may have set wider. */
  readonly explicit: boolean;
}

/** Notes what is wrong, once, and how to leave it out. Other errors pass. */
export function note(planning: Planning, error: unknown, way: string | null = null): void {
  const { findings, ways } = planning;
  if (!(error instanceof Refusal)) throw error;
  const { finding } = error;
  if (way === null) planning.noted += 1;
  const known = findings.some(
    ({ file, message, at: { start } }) =>
      file === finding.file &&
      message === finding.message &&
      start.line === finding.at.start.line &&
      start.column === finding.at.start.column,
  );
  if (known) return;
  findings.push(finding);
  if (way !== null) ways.set(finding, way);
}

/** Runs what may be refused, and notes it; `otherwise` then. */
export function attempt<T>(planning: Planning, otherwise: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    note(planning, error);
    return otherwise;
  }
}
