import type { Check } from '../../contract/repositories.ts';
import type { WorkflowConclusion, WorkflowRunState } from '../../contract/states.ts';

/** All that is known of the checks of a commit. */
export interface CommitChecks {
  /** The newest report of each. */
  readonly reported: readonly Check[];
  /** The newest run of each workflow and event. */
  readonly runs: readonly RunFact[];
  /** Workflows, by name and by file, that the commit's path filters excluded. */
  readonly notNeeded: readonly string[];
  /** What its events start is not known yet. */
  readonly planning: boolean;
}

export interface RunFact {
  readonly id: number;
  /** `harbor/test#12`. */
  readonly label: string;
  readonly workflow: string;
  readonly file: string;
  readonly state: WorkflowRunState;
  readonly conclusion: WorkflowConclusion | null;
  /** Why it failed, in a line. */
  readonly why: string;
}

export type CheckStanding =
  | { readonly kind: 'passed' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'pending'; readonly name: string; readonly how: string; readonly run: number | null }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly how: string;
      readonly why: string;
      readonly run: number | null;
    };

/** `workflow: CI` stands for all jobs of a workflow, by its name or file. */
const workflowPattern = /^workflow:\s*(.+)$/;

/**
 * How a required check stands. A failure counts before what is still pending, since it will not go away. While runs of
 * the commit go on, what is missing may yet come: it is waited for. What was never reported when all is over is
 * missing, and never green.
 */
export function standingOf(pattern: string, commit: CommitChecks): CheckStanding {
  const workflow = workflowPattern.exec(pattern)?.[1];
  return workflow === undefined ? standingOfName(pattern, commit) : standingOfWorkflow(workflow, commit);
}

function standingOfName(pattern: string, commit: CommitChecks): CheckStanding {
  const matching = commit.reported.filter(
    (check) => matches(pattern, check.name) || matches(pattern, longName(check)),
  );
  const failed = matching.find((check) => check.status === 'completed' && !check.green);
  if (failed !== undefined) {
    const why = failed.summary.split('\n')[0] ?? '';
    return { kind: 'failed', name: failed.name, how: String(failed.conclusion), why, run: failed.run_id };
  }
  const pending = matching.find((check) => check.status !== 'completed');
  if (pending !== undefined) {
    return {
      kind: 'pending',
      name: pending.name,
      how: pending.status.replace('_', ' '),
      run: pending.run_id,
    };
  }
  return matching.length > 0 ? { kind: 'passed' } : unreported(pattern, commit);
}

/** Nobody has said anything of it: whether somebody still may. */
function unreported(pattern: string, { planning, runs }: CommitChecks): CheckStanding {
  if (planning) return { kind: 'pending', name: pattern, how: 'about to be planned', run: null };
  const open = runs.find(({ state }) => state !== 'completed');
  if (open === undefined) return { kind: 'missing' };
  return { kind: 'pending', name: pattern, how: `not reported yet by ${open.label}`, run: open.id };
}

/** All jobs of a workflow: skipped by their own conditions they pass, skipped because a need failed they do not. */
function standingOfWorkflow(workflow: string, commit: CommitChecks): CheckStanding {
  const runs = commit.runs.filter((run) => isNamed(workflow, [run.workflow, run.file]));
  const failed = runs.find(({ conclusion }) => conclusion === 'failure' || conclusion === 'cancelled');
  if (failed !== undefined) {
    const { label: name, conclusion, why, id: run } = failed;
    return { kind: 'failed', name, how: String(conclusion), why, run };
  }
  const open = runs.find(({ state }) => state !== 'completed');
  if (open !== undefined) {
    const how = open.state === 'pending' ? 'waiting' : 'in progress';
    return { kind: 'pending', name: open.label, how, run: open.id };
  }
  if (runs.length > 0 || isNamed(workflow, commit.notNeeded)) return { kind: 'passed' };
  if (commit.planning) return { kind: 'pending', name: workflow, how: 'about to be planned', run: null };
  return { kind: 'missing' };
}

/** By its name, its file, or the file's name with or without its ending. */
function isNamed(wanted: string, names: readonly string[]): boolean {
  const stem = (text: string) => text.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
  return names.some((name) => name === wanted || (/\.ya?ml$/.test(name) && stem(name) === stem(wanted)));
}

/** `CI / test`, for names that several workflows use. */
const longName = ({ workflow, name }: Check): string => (workflow === null ? name : `${workflow} / ${name}`);

/**
 * `*` stands for any characters; everything else for itself. Between the first part and the last each is
 * taken where it comes first, which is always right and never goes back, as a regular expression would.
 */
export function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= name.length - last.length;
}
