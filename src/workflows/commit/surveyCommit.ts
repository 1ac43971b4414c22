import { listFilesAt, readFilesAt } from '../../platform/git/index.ts';
import { type Finding, readWorkflow, type Workflow } from '../language/index.ts';
import { activityTypes, type WorkflowEvent, whyNotStarted } from '../plan/index.ts';
import { type CommitGround, type CommitTrigger, workflowsDirectory } from './commitGround.ts';
import { describeCommit, eventFor } from './describeCommit.ts';
import { commits } from './remember.ts';

/** A workflow of a commit, and what a trigger makes of it. */
export interface SurveyedWorkflow {
  readonly file: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly jobs: readonly string[];
  readonly events: readonly string[];
  /** When it starts by itself. */
  readonly schedules: readonly { readonly cron: string; readonly timezone: string | null }[];
  /** Of `workflow_run`: at which moments of others it starts. */
  readonly awaitedRuns: readonly string[];
  /** Of `workflow_dispatch`; null when nobody can start it by hand. */
  readonly inputs: readonly DispatchInput[] | null;
}

export type Verdict =
  | { readonly kind: 'starts' }
  /** `notNeeded`: only its path filters keep it from starting. */
  | { readonly kind: 'not-started'; readonly reason: string; readonly notNeeded: boolean }
  | { readonly kind: 'invalid'; readonly findings: readonly Finding[] };

/** What somebody who starts a workflow by hand is asked for. */
export interface DispatchInput {
  readonly name: string;
  readonly description: string | null;
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment';
  readonly required: boolean;
  readonly default: string | number | boolean | null;
  readonly options: readonly string[];
}

const mostBytes = 8 * 1024 * 1024;

/** What a trigger makes of the workflows of its commit. */
export async function surveyCommit(
  ground: CommitGround,
  trigger: CommitTrigger,
): Promise<SurveyedWorkflow[]> {
  const { gitDir } = ground;
  const { sha } = trigger;
  const files = await commits
    .recall(['workflows', gitDir, sha], () => readWorkflowsOf(gitDir, sha))
    .catch(async (error: unknown) => {
      // A commit that is not there is told in words.
      await describeCommit(ground, trigger);
      throw error;
    });
  if (files.length === 0) return [];
  const described = await describeCommit(ground, trigger);
  const event = eventFor(described, trigger, described.facts.run);
  return files.map(({ file, workflow, findings }) =>
    workflow === null ? unreadable(file, findings) : surveyed(workflow, verdictOf(workflow, event)),
  );
}

interface ReadFile {
  readonly file: string;
  readonly workflow: Workflow | null;
  readonly findings: readonly Finding[];
}

async function readWorkflowsOf(gitDir: string, sha: string): Promise<ReadFile[]> {
  const files = await workflowFilesOf(gitDir, sha);
  return files.map(({ file, text }) =>
    text === null
      ? { file, workflow: null, findings: [tooLarge(file)] }
      : { file, ...readWorkflow(text, file) },
  );
}

/** Text null: it is too large to be read. */
async function workflowFilesOf(
  gitDir: string,
  sha: string,
): Promise<{ file: string; text: string | null }[]> {
  const names = (await listFilesAt(gitDir, sha, workflowsDirectory)).filter((name) => /\.ya?ml$/.test(name));
  const found = await readFilesAt(gitDir, sha, names, mostBytes);
  return names.map((file, index) => {
    const content = found[index] ?? null;
    return { file, text: content !== null && 'text' in content ? content.text : null };
  });
}

function verdictOf(workflow: Workflow, event: WorkflowEvent): Verdict {
  const reason = whyNotStarted(workflow, event);
  if (reason === null) return { kind: 'starts' };
  const notNeeded = whyNotStarted(workflow, { ...event, changedFiles: null }) === null;
  return { kind: 'not-started', reason, notNeeded };
}

function surveyed(workflow: Workflow, verdict: Verdict): SurveyedWorkflow {
  const dispatch = workflow.on.find(({ event }) => event.value === 'workflow_dispatch');
  const awaits = workflow.on.find(({ event }) => event.value === 'workflow_run');
  return {
    file: workflow.file,
    name: workflow.name?.value || workflow.file,
    verdict,
    jobs: workflow.jobs.map(({ id }) => id.value),
    events: workflow.on.map(({ event }) => event.value),
    schedules: workflow.on.flatMap(({ crons }) =>
      crons.map(({ cron, timezone }) => ({ cron: cron.value, timezone: timezone?.value ?? null })),
    ),
    awaitedRuns:
      awaits === undefined ? [] : (awaits.types?.map(({ value }) => value) ?? activityTypes('workflow_run')),
    inputs:
      dispatch?.inputs.map((input) => ({
        name: input.name.value,
        description: input.description,
        type: input.type,
        required: input.required,
        default: input.default?.kind === 'scalar' ? (input.default.value as DispatchInput['default']) : null,
        options: input.options,
      })) ?? null,
  };
}

function unreadable(file: string, findings: readonly Finding[]): SurveyedWorkflow {
  const verdict: Verdict = { kind: 'invalid', findings };
  return { file, name: file, verdict, jobs: [], events: [], schedules: [], awaitedRuns: [], inputs: null };
}

function tooLarge(file: string): Finding {
  const start = { line: 1, column: 1 };
  const message = `the file is larger than ${mostBytes / 1024 / 1024} MiB, and was not read`;
  return { severity: 'error', rule: 'size', message, file, at: { start, end: start } };
}
