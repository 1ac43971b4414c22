import { z } from 'zod';
import { Name, pageOf, pageQuery, Reason, Sha, Timestamp, Who } from './common.ts';
import { EnvironmentConfig } from './configuration.ts';
import { endpoint } from './endpoint.ts';
import { Commit } from './repositories.ts';

// ── States ────────────────────────────────────────────────────────────────────────────────────────

export const activeStates = ['running', 'verifying', 'cancelling'] as const;
export const finalStates = ['succeeded', 'failed', 'cancelled', 'superseded'] as const;
export const deployStates = ['queued', ...activeStates, ...finalStates] as const;
export type ActiveState = (typeof activeStates)[number];
export type FinalState = (typeof finalStates)[number];
export type DeployState = (typeof deployStates)[number];

export const isActive = (state: DeployState): state is ActiveState => activeStates.some((s) => s === state);
export const isFinal = (state: DeployState): state is FinalState => finalStates.some((s) => s === state);

export const deployKinds = ['deploy', 'redeploy', 'rollback'] as const;
export type DeployKind = (typeof deployKinds)[number];

export const stepStates = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'unknown',
  'skipped',
] as const;
export type StepState = (typeof stepStates)[number];

// ── Shapes ────────────────────────────────────────────────────────────────────────────────────────

export const Deploy = z
  .object({
    name: z.string().meta({ description: '`app/environment#number`' }),
    app: z.string(),
    environment: z.string(),
    number: z.number().int(),
    kind: z.enum(deployKinds),
    state: z.enum(deployStates),
    ref: z.string(),
    sha: Sha,
    short_sha: z.string(),
    title: z.string(),
    author: z.string(),
    previous_sha: z.string().nullable().meta({ description: 'What was live when it started.' }),
    requested_by: Who,
    requested_at: Timestamp,
    started_at: Timestamp.nullable(),
    finished_at: Timestamp.nullable(),
    duration_seconds: z.number().nullable().meta({ description: 'From start to finish.' }),
    estimate_seconds: z.number().nullable().meta({ description: 'Median of recent successes here.' }),
    force_reason: z.string().nullable(),
    held: z.object({ since: Timestamp, reason: z.string() }).nullable(),
    cancel_requested: z.object({ at: Timestamp, by: z.string() }).nullable(),
    result: z.string().nullable().meta({ description: 'How it ended, in words.' }),
    live: z.boolean().meta({ description: 'This deploy is what runs there now.' }),
    url: z.string(),
  })
  .meta({ id: 'Deploy' });
export type Deploy = z.infer<typeof Deploy>;

export const Step = z
  .object({
    position: z.number().int(),
    name: z.string(),
    state: z.enum(stepStates),
    started_at: Timestamp.nullable(),
    finished_at: Timestamp.nullable(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'Step' });
export type Step = z.infer<typeof Step>;

export const TimelineEntry = z
  .object({ at: Timestamp, kind: z.string(), actor: z.string(), message: z.string() })
  .meta({ id: 'TimelineEntry' });

export const DeployDetail = Deploy.extend({
  steps: z.array(Step),
  timeline: z.array(TimelineEntry),
  config: EnvironmentConfig.meta({
    description: 'The configuration it runs with, frozen when it was requested.',
  }),
  log_bytes: z.number().int(),
}).meta({ id: 'DeployDetail' });
export type DeployDetail = z.infer<typeof DeployDetail>;

export const reasonCodes = [
  'not_queued',
  'environment_removed',
  'held',
  'locked',
  'active_deploy',
  'behind_in_queue',
  'check_missing',
  'check_pending',
  'check_failed',
  'no_runner',
  'runners_busy',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export const Reasons = z
  .array(
    z.object({
      code: z.enum(reasonCodes),
      message: z.string(),
      cleared_by: z.string().meta({ description: 'Who or what can clear it.' }),
      action: z.string().nullable().meta({ description: 'The command that clears it.' }),
      skippable: z.boolean().meta({ description: 'May be skipped with force and a reason.' }),
    }),
  )
  .meta({ id: 'Reasons' });
export type GateReason = z.infer<typeof Reasons>[number];

export const Why = z
  .object({
    deploy: z.string(),
    state: z.enum(deployStates),
    waiting: z.boolean(),
    reasons: Reasons.meta({ description: 'In the order in which they must be cleared.' }),
    notes: z.array(z.string()).meta({ description: 'What was passed or skipped, and why.' }),
    estimate_seconds: z
      .number()
      .nullable()
      .meta({ description: 'Until it starts, where that can be known.' }),
  })
  .meta({ id: 'Why' });
export type Why = z.infer<typeof Why>;

export const relations = ['initial', 'same', 'forward', 'backward', 'diverged', 'unrelated'] as const;

export const Change = Commit.omit({ files: true })
  .extend({
    direction: z.enum(['out', 'away']).meta({ description: '`out`: goes out. `away`: is taken away.' }),
    affects_app: z.boolean(),
  })
  .meta({ id: 'Change' });
export type Change = z.infer<typeof Change>;

export const ChangesSummary = z
  .object({
    relation: z.enum(relations),
    live_sha: z.string().nullable(),
    live_deploy: z.string().nullable(),
    candidate: z.object({ ref: z.string(), sha: Sha, subject: z.string(), author_name: z.string() }),
    out: z.number().int().meta({ description: 'Commits that go out.' }),
    away: z.number().int().meta({ description: 'Commits that are taken away.' }),
    fetched_at: Timestamp.nullable(),
  })
  .meta({ id: 'ChangesSummary' });

export const Changes = ChangesSummary.extend(pageOf(Change).shape).meta({ id: 'Changes' });
export type Changes = z.infer<typeof Changes>;

export const Preview = z
  .object({
    app: z.string(),
    environment: z.string(),
    changes: ChangesSummary,
    reasons: Reasons.meta({ description: 'What would stop it now.' }),
    nothing_to_deploy: z.boolean().meta({
      description: 'It is live already, and nothing has failed there since: without force it is refused.',
    }),
    estimate_seconds: z.number().nullable(),
    rollback_to: z.string().nullable().meta({ description: 'The sha that `:previous` would bring back.' }),
    last_deploy: Deploy.nullable(),
  })
  .meta({ id: 'Preview', description: 'What would happen if this were shipped now.' });
export type Preview = z.infer<typeof Preview>;

export const DeployStats = z
  .object({
    days: z.array(
      z.object({
        day: z.iso.date(),
        succeeded: z.number().int(),
        failed: z.number().int(),
        cancelled: z.number().int(),
        rollbacks: z.number().int(),
      }),
    ),
    duration_seconds: z
      .object({ p50: z.number().nullable(), p90: z.number().nullable(), p99: z.number().nullable() })
      .meta({ description: 'Of the successful ones.' }),
    total: z.number().int(),
  })
  .meta({ id: 'DeployStats' });
export type DeployStats = z.infer<typeof DeployStats>;

export const LogLine = z
  .object({
    number: z.number().int(),
    offset: z.number().int(),
    time: Timestamp.nullable(),
    text: z.string(),
  })
  .meta({ id: 'LogLine' });

// ── Endpoints ─────────────────────────────────────────────────────────────────────────────────────

const look = { role: 'viewer', scope: 'read' } as const;
const ship = { role: 'member', scope: 'deploy' } as const;

const environmentParams = z.object({ app: Name, environment: Name });
const deployParams = environmentParams.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) });
const RefText = z.string().trim().min(1).max(300);
const Force = z.object({ reason: Reason });
const onEnvironment = '/apps/{app}/environments/{environment}';
const onDeploy = `${onEnvironment}/deploys/{number}`;

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
      sha: z
        .string()
        .regex(/^[0-9a-f]{4,64}$/)
        .optional(),
      since: Timestamp.optional(),
      until: Timestamp.optional(),
    }),
    response: pageOf(Deploy),
  }),
  deployStats: endpoint({
    method: 'GET',
    path: '/deploys/stats',
    tag: 'Deploys',
    summary: 'Counts a day and percentiles of duration',
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
  log: endpoint({
    method: 'GET',
    path: `${onDeploy}/log`,
    tag: 'Logs',
    summary: 'The raw log; `Range` requests are answered',
    access: look,
    params: deployParams,
    query: z.object({ download: z.string().optional() }),
    response: z.string(),
    streams: 'bytes',
  }),
  logLines: endpoint({
    method: 'GET',
    path: `${onDeploy}/log/lines`,
    tag: 'Logs',
    summary: 'Lines of the log with their times',
    access: look,
    params: deployParams,
    query: z.object({
      from: z.coerce.number().int().min(1).default(1),
      limit: z.coerce.number().int().min(1).max(5000).default(500),
    }),
    response: z.object({
      items: z.array(LogLine),
      next: z
        .number()
        .int()
        .nullable()
        .meta({ description: 'The line to go on with; null at the end of what is there.' }),
      finished: z.boolean(),
    }),
  }),
  searchLog: endpoint({
    method: 'GET',
    path: `${onDeploy}/log/search`,
    tag: 'Logs',
    summary: 'Numbers of the lines that contain a text',
    access: look,
    params: deployParams,
    query: z.object({
      text: z.string().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    response: z.object({ lines: z.array(z.number().int()), more: z.boolean() }),
  }),
  followLog: endpoint({
    method: 'GET',
    path: `${onDeploy}/log/stream`,
    tag: 'Logs',
    summary: 'The log as it is written',
    description:
      'Events `log` carry `{offset, text, time}`; their id is the offset after them, so a reconnect with `Last-Event-ID` goes on where it stopped. `end` carries the final state.',
    access: look,
    params: deployParams,
    query: z.object({ offset: z.coerce.number().int().min(0).default(0) }),
    response: z.object({ offset: z.number().int(), text: z.string(), time: Timestamp.nullable() }),
    streams: 'server-sent-events',
  }),
};
