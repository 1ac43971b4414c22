import { z } from 'zod';
import { Name, pageOf, pageQuery, Reason, Sha, ShaBeginning, Timestamp } from './common.ts';
import {
  Changes,
  Deploy,
  DeployDetail,
  DeployStats,
  deployKinds,
  Preview,
  Releases,
  Why,
} from './deploys.ts';
import { endpoint } from './endpoint.ts';
import { logEndpoints } from './logs.ts';

const look = { role: 'viewer', scope: 'read' } as const;
const ship = { role: 'member', scope: 'deploy' } as const;

const environmentParams = z.object({ app: Name, environment: Name });
const deployParams = environmentParams.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) });
const RefText = z.string().trim().min(1).max(300);
const Force = z.object({ reason: Reason });
const onEnvironment = '/apps/{app}/environments/{environment}';
const onDeploy = `${onEnvironment}/deploys/{number}`;

const logs = logEndpoints(`${onDeploy}/log`, deployParams, look);

export const deploys = {
  listDeploys: endpoint({
    method: 'GET',
    path: '/deploys',
    tag: 'Deploys',
    summary: 'History, newest first',
    access: look,
    query: z.object({
      ...pageQuery,
      app: Name.optional(),
      environment: Name.optional(),
      state: z
        .string()
        .max(200)
        .optional()
        .meta({ description: 'One or several states, separated by commas; `active` and `done` are groups.' }),
      kind: z.enum(deployKinds).optional(),
      who: z.string().max(200).optional(),
      sha: ShaBeginning.optional(),
      text: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'Part of the title, the ref or the author, or the beginning of the sha.' }),
      since: Timestamp.optional(),
      until: Timestamp.optional(),
    }),
    response: pageOf(Deploy),
  }),
  deployStats: endpoint({
    method: 'GET',
    path: '/deploys/stats',
    tag: 'Deploys',
    summary: 'Counts a day, percentiles of duration, and the figures of DORA beside those of the time before',
    access: look,
    query: z.object({
      app: Name.optional(),
      environment: Name.optional(),
      days: z.coerce.number().int().min(1).max(366).default(31),
      time_zone: z.string().max(60).default('UTC'),
    }),
    response: DeployStats,
  }),
  preview: endpoint({
    method: 'GET',
    path: `${onEnvironment}/preview`,
    tag: 'Deploys',
    summary: 'What would happen if this ref were shipped now',
    access: look,
    params: environmentParams,
    query: z.object({ ref: RefText.optional() }),
    response: Preview,
  }),
  listChanges: endpoint({
    method: 'GET',
    path: `${onEnvironment}/changes`,
    tag: 'Deploys',
    summary: 'Commits between what is live and a candidate',
    access: look,
    params: environmentParams,
    query: z.object({
      ref: RefText.optional(),
      cursor: z.string().max(600).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: Changes,
  }),
  listReleases: endpoint({
    method: 'GET',
    path: `${onEnvironment}/releases`,
    tag: 'Deploys',
    summary: 'The good releases: what can be rolled back to',
    access: look,
    params: environmentParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
    response: Releases,
  }),
  requestDeploy: endpoint({
    method: 'POST',
    path: `${onEnvironment}/deploys`,
    tag: 'Deploys',
    summary: 'Ship it',
    description:
      '`ref` is a branch, a tag, a full or short sha, `:current` or `:previous`; the default is that of the environment. `force` skips what may be skipped.',
    access: ship,
    params: environmentParams,
    body: z.object({
      ref: RefText.optional(),
      expected_sha: Sha.optional().meta({
        description: 'What the ref meant when somebody looked; when it has moved since, nothing is shipped.',
      }),
      force: Force.optional(),
    }),
    response: Deploy,
    status: 201,
    idempotent: true,
  }),
  rollback: endpoint({
    method: 'POST',
    path: `${onEnvironment}/rollback`,
    tag: 'Deploys',
    summary: 'Roll back to the last good other release, or to a given one',
    description:
      'Passes locks, goes to the head of the queue and supersedes what is queued. `lock` locks the environment in the same step.',
    access: ship,
    params: environmentParams,
    body: z.object({
      to: z.string().trim().min(1).max(300).default(':previous').meta({
        description: 'A deploy number (`#12`), a sha or `:previous`; it must have been good there.',
      }),
      lock: z.object({ reason: Reason, expires_at: Timestamp.optional() }).optional(),
    }),
    response: Deploy,
    status: 201,
    idempotent: true,
  }),
  showDeploy: endpoint({
    method: 'GET',
    path: onDeploy,
    tag: 'Deploys',
    summary: 'One deploy with its steps and timeline',
    access: look,
    params: deployParams,
    response: DeployDetail,
  }),
  deployChanges: endpoint({
    method: 'GET',
    path: `${onDeploy}/changes`,
    tag: 'Deploys',
    summary: 'Commits that this deploy took out or away',
    access: look,
    params: deployParams,
    query: z.object({
      cursor: z.string().max(600).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: Changes,
  }),
  why: endpoint({
    method: 'GET',
    path: `${onDeploy}/why`,
    tag: 'Deploys',
    summary: "Why isn't it moving?",
    access: look,
    params: deployParams,
    response: Why,
  }),
  cancel: endpoint({
    method: 'POST',
    path: `${onDeploy}/cancel`,
    tag: 'Deploys',
    summary: 'Cancel a queued or active deploy',
    access: ship,
    params: deployParams,
    response: Deploy,
    status: 202,
  }),
  redeploy: endpoint({
    method: 'POST',
    path: `${onDeploy}/redeploy`,
    tag: 'Deploys',
    summary: 'Ship the same commit again',
    access: ship,
    params: deployParams,
    body: z.object({ force: Force.optional() }),
    response: Deploy,
    status: 201,
    idempotent: true,
  }),
  start: endpoint({
    method: 'POST',
    path: `${onDeploy}/start`,
    tag: 'Deploys',
    summary: 'Let a held deploy go on',
    access: ship,
    params: deployParams,
    response: Deploy,
  }),
  log: logs.log,
  logLines: logs.lines,
  searchLog: logs.search,
  followLog: logs.follow,
};
