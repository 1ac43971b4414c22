import type { WorkflowJobDetail } from '../../contract/runs.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import {
  type Admission,
  admitToEnvironment,
  approversOf,
  environmentRules,
  mayApprove,
} from '../ciEnvironments/index.ts';
import { findRepository } from '../repositories/index.ts';
import type { JobRow, RunRow } from './runs.ts';

/** What the environment of a job asks for before it may start. */
export async function rulesFor(
  tx: Tx,
  now: Date,
  run: RunRow,
  environment: string | null,
): Promise<Admission> {
  if (environment === null) return { kind: 'open' };
  const rules = await environmentRules(tx, run.repository_id, environment);
  return admitToEnvironment(environment, rules, run, now);
}

/** Whether `actor` may let a job into its environment, and who may, in words. */
async function approversFor(db: Queryable, actor: Actor, run: RunRow, job: JobRow) {
  const rules = await environmentRules(db, run.repository_id, job.environment ?? '');
  const allowed = mayApprove(actor, rules, await findRepository(db, run.repository));
  const starters = [...new Set([run.actor, run.rerun_by ?? run.actor])];
  const approvers = approversOf(rules);
  if (!rules.preventSelfReview) return { allowed, approvers };
  const isStarter = starters.some((name) => name.toLowerCase() === actor.name.toLowerCase());
  return {
    allowed: allowed && !isStarter,
    approvers: `${approvers}, but not ${starters.join(' or ')}, who started the run`,
  };
}

/** Throws unless `actor` may let a job into its environment. */
export async function assertMayApprove(db: Queryable, actor: Actor, run: RunRow, job: JobRow): Promise<void> {
  const { allowed, approvers } = await approversFor(db, actor, run, job);
  if (allowed) return;
  throw new AppError(
    'forbidden',
    `${actor.name} may not let jobs into ${job.environment}: that takes ${approvers}`,
  );
}

/** Who may decide over a job that waits for an approval, as `actor` may know it; null: it waits for none. */
export async function approvalOf(
  db: Queryable,
  actor: Actor,
  run: RunRow,
  job: JobRow,
): Promise<WorkflowJobDetail['approval']> {
  if (!isAsked(job)) return null;
  const { allowed, approvers } = await approversFor(db, actor, run, job);
  // A token that may only read is refused by the endpoint.
  return { may_approve: allowed && actor.scopes.includes('deploy'), approvers };
}

/** Whether a job waits until somebody lets it into its environment. */
export const isAsked = ({ state, needs_approval, approved_by }: JobRow): boolean =>
  state === 'waiting' && needs_approval && approved_by === null;
