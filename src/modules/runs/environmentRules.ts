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

/** Throws unless `actor` may let a job into its environment. */
export async function assertMayApprove(db: Queryable, actor: Actor, run: RunRow, job: JobRow): Promise<void> {
  const rules = await environmentRules(db, run.repository_id, job.environment ?? '');
  if (mayApprove(actor, rules, await findRepository(db, run.repository))) return;
  throw new AppError(
    'forbidden',
    `${actor.name} may not let jobs into ${job.environment}: that takes ${approversOf(rules)}`,
  );
}
