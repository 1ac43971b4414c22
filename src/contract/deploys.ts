import { z } from 'zod';
import { pageOf, Sha, Timestamp, Who } from './common.ts';
import { EnvironmentConfig } from './configuration.ts';
import { CheckSummary, Commit } from './repositories.ts';
import { deployKinds, deployStates, stepStates } from './states.ts';

export {
  type ActiveState,
  activeStates,
  type DeployKind,
  type DeployState,
  deployKinds,
  deployStates,
  type FinalState,
  finalStates,
  isActive,
  isFinal,
  type StepState,
  stepStates,
} from './states.ts';

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
    checks: CheckSummary,
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

/** How well releasing goes, in the four figures of DORA. Shares and times are null where nothing happened. */
export const DeployFigures = z
  .object({
    releases: z.number().int().meta({ description: 'Deploys that succeeded, rollbacks aside.' }),
    releases_per_day: z.number(),
    changes: z.number().int().meta({
      description: 'Deploys that succeeded or failed, rollbacks aside: the base of the failure rate.',
    }),
    failed_changes: z
      .number()
      .int()
      .meta({ description: 'Those that failed, and those that were rolled back from.' }),
    change_failure_rate: z.number().nullable().meta({ description: 'Between 0 and 1.' }),
    lead_seconds: z
      .number()
      .nullable()
      .meta({ description: 'Median from when a commit was made until a deploy of it succeeded.' }),
    restores: z.number().int().meta({ description: 'Failures that were followed by a success.' }),
    restore_seconds: z.number().nullable().meta({
      description:
        'Median from a failed deploy until the next success there; after a release that was rolled back from: for as long as it was live.',
    }),
  })
  .meta({ id: 'DeployFigures' });
export type DeployFigures = z.infer<typeof DeployFigures>;

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
    figures: z.object({
      now: DeployFigures,
      before: DeployFigures.meta({ description: 'Of as many days before those.' }),
    }),
  })
  .meta({ id: 'DeployStats' });
export type DeployStats = z.infer<typeof DeployStats>;

export const Release = z
  .object({
    number: z.number().int(),
    name: z.string(),
    sha: Sha,
    short_sha: z.string(),
    title: z.string(),
    author: z.string(),
    requested_by: Who,
    finished_at: Timestamp,
  })
  .meta({
    id: 'Release',
    description: 'A deploy that was good: it succeeded, and was not rolled back from.',
  });
export type Release = z.infer<typeof Release>;

export const Releases = z
  .object({
    items: z.array(Release).meta({ description: 'Newest first; the first one is live.' }),
    previous: z.number().int().nullable().meta({ description: 'The deploy that `:previous` stands for.' }),
    in_doubt: Deploy.nullable().meta({
      description: 'The last attempt, when it did not succeed, or not yet: what it shipped is no release.',
    }),
    last_rollback_seconds: z
      .number()
      .nullable()
      .meta({ description: 'How long the last rollback took that succeeded.' }),
  })
  .meta({ id: 'Releases' });
export type Releases = z.infer<typeof Releases>;
