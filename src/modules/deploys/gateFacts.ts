import type { Queryable } from '../../platform/db/database.ts';
import { checksOf } from '../checks/index.ts';
import type { CommitChecks, GateFacts, QueuedFact } from '../gates/index.ts';
import { covers, openLocks } from '../locks/index.ts';
import { commitFacts } from '../runs/index.ts';
import { deployName, goodReleases, shortSha } from './deploy.ts';
import { runnerCapacity } from './runnerStore.ts';
import {
  type DeployRow,
  isRemoved,
  selectActive,
  selectEstimates,
  selectQueue,
  selectReleases,
} from './store.ts';

/** What the gates of one environment's deploys depend on, loaded once for all that are queued there. */
export interface EnvironmentFacts {
  readonly queue: readonly DeployRow[];
  readonly estimateSeconds: number | null;
  /** Facts for a deploy that is queued there, or for one that would be queued last. */
  factsFor(deploy: GatedDeploy): Promise<GateFacts>;
}

export type GatedDeploy = Pick<
  DeployRow,
  | 'id'
  | 'app'
  | 'environment'
  | 'number'
  | 'kind'
  | 'state'
  | 'sha'
  | 'config'
  | 'repository_id'
  | 'held_reason'
  | 'force_reason'
>;

/** Loads the facts of an environment as of `now`. */
export async function loadEnvironmentFacts(
  db: Queryable,
  now: Date,
  environment: { id: number; app: string; name: string },
): Promise<EnvironmentFacts> {
  const queue = await selectQueue(db, environment.id);
  const active = await selectActive(db, environment.id);
  const good = new Set(goodReleases(await selectReleases(db, environment.id)).map((release) => release.sha));
  const locks = (await openLocks(db)).filter((lock) => covers(lock, environment.app, environment.name));
  const estimateSeconds = (await selectEstimates(db, [environment.id])).get(environment.id) ?? null;
  const runners = await runnerCapacity(db);
  const removed = await isRemoved(db, environment.id);

  return {
    queue,
    estimateSeconds,
    factsFor: async (deploy) => ({
      deploy: {
        name: nameOf(deploy),
        kind: deploy.kind,
        state: deploy.state,
        shortSha: shortSha(deploy.sha),
        goodHere: good.has(deploy.sha),
        held: deploy.held_reason === null ? null : { reason: deploy.held_reason },
        forced: deploy.force_reason !== null,
        environmentRemoved: removed,
      },
      locks: locks.map((lock) => ({
        id: lock.id,
        scope: lock.scope,
        reason: lock.reason,
        by: lock.created_by,
        since: lock.created_at,
        until: lock.expires_at,
      })),
      active:
        active === undefined || active.id === deploy.id
          ? null
          : {
              name: nameOf(active),
              state: active.state,
              remainingSeconds: remainingSeconds(active, estimateSeconds, now),
            },
      ahead: aheadOf(deploy, queue).map((other) => queuedFact(other, good)),
      checks: {
        required: deploy.config.required_checks,
        optional: deploy.config.optional_checks,
        ...(needsChecks(deploy) ? await checksOfCommit(db, deploy) : noChecks),
      },
      runners,
    }),
  };
}

const nameOf = (row: { app: string; environment: string; number: number }) =>
  deployName(row.app, row.environment, row.number);
const noChecks: CommitChecks = { reported: [], runs: [], notNeeded: [], planning: false };

async function checksOfCommit(db: Queryable, { repository_id, sha }: GatedDeploy): Promise<CommitChecks> {
  const facts = await commitFacts(db, repository_id, sha);
  return { ...facts, reported: await checksOf(db, repository_id, sha) };
}

const needsChecks = ({ config }: GatedDeploy) =>
  config.required_checks.length + config.optional_checks.length > 0;

function aheadOf(deploy: GatedDeploy, queue: readonly DeployRow[]): readonly DeployRow[] {
  const position = queue.findIndex((other) => other.id === deploy.id);
  return position < 0 ? queue : queue.slice(0, position);
}

function queuedFact(row: DeployRow, good: ReadonlySet<string>): QueuedFact {
  return { name: nameOf(row), kind: row.kind, goodHere: good.has(row.sha), held: row.held_at !== null };
}

/** Seconds an active deploy still needs by its estimate; null when nothing can be said. */
export function remainingSeconds(active: DeployRow, estimate: number | null, now: Date): number | null {
  if (estimate === null || active.started_at === null) return null;
  return Math.max(0, estimate - (now.getTime() - active.started_at.getTime()) / 1000);
}
