import { z } from 'zod';
import { CheckReport } from './checkReports.ts';
import { Name, Nothing, pageOf, Sha, ShaBeginning, Timestamp } from './common.ts';
import { endpoint } from './endpoint.ts';
import { checkConclusions, checkStatuses } from './states.ts';

export const Repository = z
  .object({
    name: z.string(),
    url: z.string().nullable().meta({ description: 'What it mirrors; null: Slipway hosts it.' }),
    clone_url: z.string().meta({
      description: 'Where git finds it here, with a token as the password; a hosted one takes pushes there.',
    }),
    default_branch: z.string().nullable(),
    state: z.enum(['never_fetched', 'fetching', 'ok', 'failing']),
    fetch_requested_at: Timestamp.nullable(),
    fetch_started_at: Timestamp.nullable().meta({ description: 'The last attempt.' }),
    fetch_finished_at: Timestamp.nullable(),
    fetched_at: Timestamp.nullable().meta({ description: 'The last fetch that succeeded.' }),
    failing: z
      .object({ since: Timestamp, kind: z.string(), message: z.string() })
      .nullable()
      .meta({ description: 'Why it cannot be fetched, and since when.' }),
    apps: z.array(z.string()),
  })
  .meta({ id: 'Repository' });
export type Repository = z.infer<typeof Repository>;

export const Ref = z
  .object({
    kind: z.enum(['branch', 'tag']),
    name: z.string(),
    sha: Sha,
    committed_at: Timestamp,
    subject: z.string(),
    default: z.boolean(),
  })
  .meta({ id: 'Ref' });

export const Check = z
  .object({
    name: z.string(),
    status: z.enum(checkStatuses),
    conclusion: z.enum(checkConclusions).nullable(),
    url: z.string().nullable(),
    summary: z.string(),
    workflow: z.string().nullable().meta({ description: 'The workflow whose job reports it.' }),
    job_id: z.number().int().nullable(),
    run_id: z.number().int().nullable(),
    green: z.boolean().meta({ description: 'Whether it lets the commit out.' }),
    reported_at: Timestamp,
  })
  .meta({ id: 'Check' });
export type Check = z.infer<typeof Check>;

/** The checks of a commit in one word: missing ones are nowhere green. */
export const CheckSummary = z
  .object({
    state: z.enum(['none', 'pending', 'failed', 'passed']),
    passed: z.number().int(),
    failed: z.number().int(),
    pending: z.number().int(),
  })
  .meta({ id: 'CheckSummary' });
export type CheckSummary = z.infer<typeof CheckSummary>;

export const Commit = z
  .object({
    sha: Sha,
    short_sha: z.string(),
    parents: z.array(z.string()),
    subject: z.string(),
    body: z.string(),
    author_name: z.string(),
    author_email: z.string(),
    authored_at: Timestamp,
    committed_at: Timestamp,
    pull_request: z.number().int().nullable(),
    files: z.array(z.string()).optional(),
  })
  .meta({ id: 'Commit' });
export type Commit = z.infer<typeof Commit>;

const look = { role: 'viewer', scope: 'read' } as const;
const repositoryParams = z.object({ repository: Name });
const commitParams = repositoryParams.extend({ sha: ShaBeginning });

export const repositories = {
  listRepositories: endpoint({
    method: 'GET',
    path: '/repositories',
    tag: 'Repositories',
    summary: 'All repositories with the state of their mirrors',
    access: look,
    response: z.object({ items: z.array(Repository) }),
  }),
  showRepository: endpoint({
    method: 'GET',
    path: '/repositories/{repository}',
    tag: 'Repositories',
    summary: 'One repository',
    access: look,
    params: repositoryParams,
    response: Repository,
  }),
  fetchRepository: endpoint({
    method: 'POST',
    path: '/repositories/{repository}/fetch',
    tag: 'Repositories',
    summary: 'Ask a worker to fetch now',
    description:
      'Answers at once. The fetch is done when `fetch_finished_at` ≥ `fetch_started_at` ≥ the `fetch_requested_at` of this answer.',
    access: { role: 'member', scope: 'deploy' },
    params: repositoryParams,
    response: Repository,
    status: 202,
  }),
  deleteRepository: endpoint({
    method: 'DELETE',
    path: '/repositories/{repository}',
    tag: 'Repositories',
    summary: 'Delete a repository that no app is built from',
    description:
      'With its commits, runs, their logs and artifacts, checks, webhook, secrets and variables. What runs of it ends within seconds. A repository that apps are built from is a conflict that lists them; one that a `slipway.yml` names is there again, empty, when that is applied.',
    access: { role: 'admin', scope: 'admin' },
    params: repositoryParams,
    query: z.object({
      confirm: z.string().max(100).optional().meta({ description: 'The name of the repository. Required.' }),
    }),
    response: Nothing,
    status: 204,
  }),
  listRefs: endpoint({
    method: 'GET',
    path: '/repositories/{repository}/refs',
    tag: 'Repositories',
    summary: 'Branches and tags, newest first',
    access: look,
    params: repositoryParams,
    query: z.object({
      search: z.string().max(200).optional(),
      kind: z.enum(['branch', 'tag']).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    response: z.object({ items: z.array(Ref), total: z.number().int() }),
  }),
  listCommits: endpoint({
    method: 'GET',
    path: '/repositories/{repository}/commits',
    tag: 'Repositories',
    summary: 'Commits of a ref, newest first',
    access: look,
    params: repositoryParams,
    query: z.object({
      ref: z.string().max(300).optional(),
      cursor: z.string().max(600).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: pageOf(Commit),
  }),
  showCommit: endpoint({
    method: 'GET',
    path: '/repositories/{repository}/commits/{sha}',
    tag: 'Repositories',
    summary: 'One commit with its files and checks',
    access: look,
    params: commitParams,
    response: Commit.extend({ checks: z.array(Check) }),
  }),
  reportCheck: endpoint({
    method: 'POST',
    path: '/repositories/{repository}/commits/{sha}/checks',
    tag: 'Repositories',
    summary: 'Report the result of a check on a commit',
    description:
      'In this shape, in that of a check run of GitHub, or in that of a commit status. For admins, members of a team that has an app of this repository, and jobs of its workflows with `checks: write` (of a status `statuses: write`).',
    access: { role: 'member', scope: 'deploy', job: ['checks', 'statuses'] },
    params: commitParams,
    body: CheckReport,
    response: Check,
    status: 201,
  }),
};
