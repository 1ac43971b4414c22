import { z } from 'zod';
import { Sha, Timestamp } from './common.ts';
import { FailingSince } from './runTests.ts';
import { jobStates, runStates, stepPhases, workflowConclusions } from './states.ts';
import { TestCounts } from './testReports.ts';

const Conclusion = z.enum(workflowConclusions);
const Seconds = z.number().nullable();
const Count = z.number().int().nonnegative();

export const JobCounts = z
  .object({
    total: Count,
    waiting: Count.meta({ description: 'pending, waiting or queued' }),
    running: Count,
    success: Count,
    failure: Count,
    cancelled: Count,
    skipped: Count,
  })
  .meta({ id: 'JobCounts' });
export type JobCounts = z.infer<typeof JobCounts>;

export const WorkflowRun = z
  .object({
    id: z.number().int(),
    name: z.string().meta({ description: '`repository/workflow#number`', example: 'harbor/test#12' }),
    repository: z.string(),
    workflow: z.string().meta({ description: 'The `name:` of its file, else the file.' }),
    file: z.string(),
    number: z.number().int(),
    attempt: z.number().int(),
    title: z.string(),
    event: z.string(),
    ref: z.string(),
    sha: Sha.meta({ description: 'Whose checks its jobs are.' }),
    short_sha: z.string(),
    code_sha: Sha.meta({
      description:
        'What is run: of `pull_request` the merge with its base, of `pull_request_target` the default branch.',
    }),
    actor: z.string(),
    trusted: z.boolean(),
    state: z.enum(runStates),
    conclusion: Conclusion.nullable(),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it waits, was cancelled, or could not be started.' }),
    jobs: JobCounts,
    created_at: Timestamp,
    started_at: Timestamp.nullable(),
    finished_at: Timestamp.nullable(),
    duration_seconds: Seconds,
    url: z.string(),
  })
  .meta({ id: 'WorkflowRun' });
export type WorkflowRun = z.infer<typeof WorkflowRun>;

export const JobStep = z
  .object({
    number: z.number().int(),
    name: z.string(),
    phase: z.enum(stepPhases),
    state: z.enum(['running', 'completed']),
    outcome: Conclusion.nullable().meta({ description: 'Before `continue-on-error`.' }),
    conclusion: Conclusion.nullable(),
    detail: z.string().nullable().meta({ description: 'In words, when it did not succeed.' }),
    condition: z
      .string()
      .nullable()
      .meta({ description: 'Of one that was skipped: what its `if` was made of.' }),
    started_at: Timestamp,
    finished_at: Timestamp.nullable(),
    duration_seconds: Seconds,
  })
  .meta({ id: 'JobStep' });
export type JobStep = z.infer<typeof JobStep>;

export const Annotation = z
  .object({
    level: z.enum(['error', 'warning', 'notice']),
    message: z.string(),
    title: z.string().nullable(),
    path: z.string().nullable(),
    line: z.number().int().nullable(),
    end_line: z.number().int().nullable(),
    column: z.number().int().nullable(),
    end_column: z.number().int().nullable(),
    step: z.number().int(),
  })
  .meta({ id: 'Annotation' });
export type Annotation = z.infer<typeof Annotation>;

export const WorkflowJob = z
  .object({
    id: z.number().int(),
    run_id: z.number().int(),
    attempt: z.number().int(),
    key: z.string().meta({ description: 'Unique in its attempt: `test`, `test:2`, `call/test`.' }),
    path: z.string().meta({ description: 'Of the job in the graph of the run.' }),
    name: z.string(),
    state: z.enum(jobStates),
    conclusion: Conclusion.nullable(),
    reason: z.string().nullable().meta({ description: 'Why it waits, was skipped, cancelled or failed.' }),
    failure: z.string().nullable().meta({
      description:
        'Why it failed, in a line: the step, how it ended, and the first line that says what is wrong.',
      example: 'step "npm test" failed, exit code 1: src/a.test.js:12: expected 3, got 4',
    }),
    condition: z.string().nullable(),
    tests: TestCounts.extend({
      problems: z.array(z.string()).meta({ description: 'Files that could not be read, and why.' }),
    })
      .nullable()
      .meta({ description: 'Null: it reported none.' }),
    blocked: z.boolean().meta({ description: 'Skipped because what it needs failed.' }),
    labels: z.array(z.string()),
    environment: z.string().nullable(),
    environment_url: z.string().nullable(),
    needs_approval: z.boolean().meta({ description: 'Waits until somebody lets it into its environment.' }),
    approved_by: z.string().nullable(),
    runner: z.string().nullable(),
    carried: z.boolean().meta({ description: 'Its result is that of an earlier attempt.' }),
    created_at: Timestamp,
    queued_at: Timestamp.nullable(),
    started_at: Timestamp.nullable(),
    finished_at: Timestamp.nullable(),
    duration_seconds: Seconds,
  })
  .meta({ id: 'WorkflowJob' });
export type WorkflowJob = z.infer<typeof WorkflowJob>;

export const WorkflowJobDetail = WorkflowJob.extend({
  run: WorkflowRun,
  approval: z
    .object({
      may_approve: z.boolean().meta({ description: 'Whether the caller may let it in, or refuse it.' }),
      approvers: z
        .string()
        .meta({ description: 'Who may, in words.', example: 'a member of web, or an admin' }),
    })
    .nullable()
    .meta({ description: 'Null: it waits for no approval.' }),
  steps: z.array(JobStep),
  annotations: z.array(Annotation),
  failing_since: FailingSince.nullable(),
  summary: z.string().meta({ description: 'Markdown.' }),
  outputs: z.record(z.string(), z.string()),
  log_gone: z
    .string()
    .nullable()
    .meta({ description: 'Why there is no log of it any more; null: it is there, or nothing was written.' }),
}).meta({ id: 'WorkflowJobDetail' });
export type WorkflowJobDetail = z.infer<typeof WorkflowJobDetail>;

export const WorkflowFinding = z
  .object({
    rule: z.string(),
    message: z.string(),
    file: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    end_line: z.number().int(),
    end_column: z.number().int().meta({ description: 'Behind the last character that is meant.' }),
  })
  .meta({ id: 'WorkflowFinding' });

export const RunDetail = WorkflowRun.extend({
  attempts: z.number().int(),
  jobs_list: z.array(WorkflowJob.extend({ steps: z.array(JobStep), failing_since: FailingSince.nullable() })),
  tests: TestCounts.nullable().meta({ description: 'Of all jobs; null: none reported any.' }),
  graph: z
    .array(
      z.object({ path: z.string(), id: z.string(), call: z.string().nullable(), needs: z.array(z.string()) }),
    )
    .meta({ description: 'Jobs as they are written, and the paths of those that each needs.' }),
  findings: z.array(WorkflowFinding).meta({ description: 'Why it could not be planned.' }),
  annotations: z.array(Annotation.extend({ job_id: z.number().int(), job: z.string() })),
  summaries: z.array(z.object({ job_id: z.number().int(), job: z.string(), summary: z.string() })),
  cancel_requested: z.object({ by: z.string(), at: Timestamp }).nullable(),
}).meta({ id: 'RunDetail' });
export type RunDetail = z.infer<typeof RunDetail>;

export const Artifact = z
  .object({
    name: z.string(),
    file: z.string().meta({ description: 'The name that it is downloaded as.' }),
    size_bytes: z.number().int(),
    created_at: Timestamp,
    digest: z.string().meta({ example: 'sha256:…' }),
  })
  .meta({ id: 'Artifact' });

export const DispatchInput = z
  .object({
    name: z.string(),
    description: z.string().nullable(),
    type: z.enum(['string', 'boolean', 'number', 'choice', 'environment']),
    required: z.boolean(),
    default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
    options: z.array(z.string()),
  })
  .meta({ id: 'DispatchInput' });
export type DispatchInput = z.infer<typeof DispatchInput>;

export const WorkflowFile = z
  .object({
    file: z.string(),
    name: z.string(),
    events: z.array(z.string()),
    jobs: z.array(z.string()),
    schedules: z.array(z.object({ cron: z.string(), timezone: z.string().nullable() })),
    inputs: z.array(DispatchInput).nullable().meta({ description: 'Null: nobody can start it by hand.' }),
    findings: z.array(WorkflowFinding),
  })
  .meta({ id: 'WorkflowFile' });
export type WorkflowFile = z.infer<typeof WorkflowFile>;

/** Workflows that a commit's events did not start, and why. */
export const UnstartedWorkflow = z
  .object({
    file: z.string(),
    name: z.string(),
    event: z.string(),
    ref: z.string(),
    reason: z.string(),
    not_needed: z.boolean(),
  })
  .meta({ id: 'UnstartedWorkflow' });
