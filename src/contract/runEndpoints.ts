import { z } from 'zod';
import { Name, pageOf, pageQuery, Sha, ShaBeginning, Who } from './common.ts';
import { endpoint } from './endpoint.ts';
import { logEndpoints } from './logs.ts';
import {
  Artifact,
  RunDetail,
  UnstartedWorkflow,
  WorkflowFile,
  WorkflowJob,
  WorkflowJobDetail,
  WorkflowRun,
} from './runs.ts';
import { runStates, workflowConclusions } from './states.ts';
import { LogOutline } from './watching.ts';

const Conclusion = z.enum(workflowConclusions);
const look = { role: 'viewer', scope: 'read' } as const;
const act = { role: 'member', scope: 'deploy' } as const;
const runParams = z.object({ run: z.coerce.number().int().positive() });
const jobParams = z.object({ job: z.coerce.number().int().positive() });
const repositoryParams = z.object({ repository: Name });
const forTeam = 'For admins, and members of a team that has an app of the repository.';

const logs = logEndpoints('/jobs/{job}/log', jobParams, look);

export const runs = {
  listRuns: endpoint({
    method: 'GET',
    path: '/runs',
    tag: 'Runs',
    summary: 'Workflow runs, newest first',
    access: look,
    query: z.object({
      repository: Name.optional(),
      workflow: z.string().max(300).optional().meta({ description: 'Name or file' }),
      branch: z.string().max(300).optional(),
      sha: ShaBeginning.optional(),
      event: z.string().max(100).optional(),
      actor: z.string().max(200).optional(),
      state: z.enum(['open', ...runStates]).optional(),
      conclusion: Conclusion.optional(),
      number: z.coerce.number().int().positive().optional(),
      trigger: z.coerce
        .number()
        .int()
        .positive()
        .optional()
        .meta({ description: 'What a dispatch answered' }),
      ...pageQuery,
    }),
    response: pageOf(WorkflowRun),
  }),
  showRun: endpoint({
    method: 'GET',
    path: '/runs/{run}',
    tag: 'Runs',
    summary: 'One run with its jobs and steps',
    access: look,
    params: runParams,
    query: z.object({ attempt: z.coerce.number().int().positive().optional() }),
    response: RunDetail,
  }),
  listArtifacts: endpoint({
    method: 'GET',
    path: '/runs/{run}/artifacts',
    tag: 'Runs',
    summary: 'What its jobs put up',
    access: look,
    params: runParams,
    response: z.object({ items: z.array(Artifact) }),
  }),
  downloadArtifact: endpoint({
    method: 'GET',
    path: '/runs/{run}/artifacts/{name}',
    tag: 'Runs',
    summary: 'One of them, as it was put up: mostly a zip; `Range` requests are answered',
    access: look,
    params: runParams.extend({ name: z.string().min(1).max(200) }),
    response: z.string(),
    streams: 'bytes',
  }),
  cancelRun: endpoint({
    method: 'POST',
    path: '/runs/{run}/cancel',
    tag: 'Runs',
    summary: 'Cancel a run',
    description: forTeam,
    access: act,
    params: runParams,
    response: WorkflowRun,
    status: 202,
  }),
  rerunRun: endpoint({
    method: 'POST',
    path: '/runs/{run}/rerun',
    tag: 'Runs',
    summary: 'Run all jobs again, those that failed, or one; a new attempt of the run',
    description: forTeam,
    access: act,
    params: runParams,
    body: z.object({
      only: z.enum(['all', 'failed']).default('all'),
      job: z.number().int().positive().optional().meta({ description: 'This job, and those that need it' }),
      debug: z.boolean().default(false),
    }),
    response: WorkflowRun,
    status: 202,
    idempotent: true,
  }),
  showJob: endpoint({
    method: 'GET',
    path: '/jobs/{job}',
    tag: 'Runs',
    summary: 'One job with its steps, annotations and summary',
    access: look,
    params: jobParams,
    response: WorkflowJobDetail,
  }),
  approveJob: endpoint({
    method: 'POST',
    path: '/jobs/{job}/approve',
    tag: 'Runs',
    summary: 'Let a job into its environment, or refuse it',
    access: act,
    params: jobParams,
    body: z.object({ approve: z.boolean(), reason: z.string().max(2000).default('') }),
    response: WorkflowJob,
  }),
  jobLog: logs.log,
  jobLogLines: logs.lines,
  searchJobLog: logs.search,
  followJobLog: logs.follow,
  jobLogOutline: endpoint({
    method: 'GET',
    path: '/jobs/{job}/log/outline',
    tag: 'Logs',
    summary: 'How long the log is, and where each step begins in it',
    access: look,
    params: jobParams,
    response: LogOutline,
  }),
  listWorkflows: endpoint({
    method: 'GET',
    path: '/repositories/{repository}/workflows',
    tag: 'Runs',
    summary: 'The workflows of a ref, with the inputs of those that can be started by hand',
    access: look,
    params: repositoryParams,
    query: z.object({ ref: z.string().max(300).optional() }),
    response: z.object({ ref: z.string(), sha: Sha, items: z.array(WorkflowFile) }),
  }),
  dispatchWorkflow: endpoint({
    method: 'POST',
    path: '/repositories/{repository}/dispatches',
    tag: 'Runs',
    summary: 'Start a workflow by hand',
    description: forTeam,
    access: act,
    params: repositoryParams,
    body: z.object({
      workflow: z
        .string()
        .min(1)
        .max(300)
        .meta({ description: 'Its file, the name of the file, or its `name:`' }),
      ref: z.string().max(300).optional().meta({ description: 'Default: the default branch' }),
      inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    }),
    response: z.object({
      trigger: z.number().int().meta({ description: 'Its run is found by it: `GET /runs?trigger=…`' }),
      sha: Sha,
      actor: Who,
    }),
    status: 202,
    idempotent: true,
  }),
  dispatchEvent: endpoint({
    method: 'POST',
    path: '/repositories/{repository}/events',
    tag: 'Runs',
    summary: 'Tell the workflows of the default branch that something happened: `repository_dispatch`',
    description: `${forTeam} The body is that of GitHub's endpoint of this name.`,
    access: act,
    params: repositoryParams,
    body: z.object({
      event_type: z.string().min(1).max(100).meta({ description: 'What `types` filters by' }),
      client_payload: z
        .record(z.string(), z.unknown())
        .default({})
        .refine((value) => Object.keys(value).length <= 10, 'takes ten properties at most')
        .refine((value) => JSON.stringify(value).length <= 65_535, 'takes 65,535 characters of JSON at most')
        .meta({ description: '`github.event.client_payload`' }),
    }),
    response: z.object({
      trigger: z.number().int().meta({ description: 'Its runs are found by it: `GET /runs?trigger=…`' }),
      sha: Sha,
      actor: Who,
    }),
    status: 202,
    idempotent: true,
  }),
  listCommitRuns: endpoint({
    method: 'GET',
    path: '/repositories/{repository}/commits/{sha}/runs',
    tag: 'Runs',
    summary: 'Runs of a commit, and the workflows that its events did not start',
    access: look,
    params: repositoryParams.extend({ sha: ShaBeginning }),
    response: z.object({ items: z.array(WorkflowRun), unstarted: z.array(UnstartedWorkflow) }),
  }),
};
