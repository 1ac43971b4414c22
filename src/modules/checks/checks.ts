import type { Check } from '../../contract/repositories.ts';
import { isGreen } from '../../contract/states.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db, Queryable, Tx } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { type CheckRow, hasJobCheck, insertCheck, selectChecks } from './store.ts';

/** The checks of a commit, by name. */
export async function checksOf(db: Queryable, repositoryId: number, sha: string): Promise<Check[]> {
  return (await selectChecks(db, repositoryId, sha)).map(presentCheck);
}

export interface CheckReport {
  repositoryId: number;
  repository: string;
  sha: string;
  name: string;
  status: Check['status'];
  conclusion?: Check['conclusion'] | undefined;
  url?: string | null | undefined;
  summary: string;
}

/** Records what CI says of a commit. The newest report of a name counts. */
export async function reportCheck(db: Db, now: Date, actor: Actor, report: CheckReport): Promise<Check> {
  const conclusion = report.conclusion ?? null;
  if ((report.status === 'completed') !== (conclusion !== null)) {
    throw new AppError('invalid_input', 'body.conclusion: a completed check has one, and no other does');
  }
  const { repositoryId, sha, name, status, summary } = report;
  const origin = { workflow: null, job_id: null, run_id: null, passes: null };
  const row = { name, status, conclusion, url: report.url ?? null, summary, ...origin };
  return db.transaction(async (tx) => {
    await insertCheck(tx, now, { repositoryId, sha, ...row });
    const subject = `${report.repository}@${sha}`;
    await audit(tx, now, actor, 'check.report', subject, { name, status, conclusion });
    await appendEvent(tx, now, {
      kind: 'check.reported',
      subject,
      actor: actor.name,
      data: { name, status, conclusion },
    });
    return presentCheck({ ...row, reported_at: now });
  });
}

/** What a job of a workflow says of its commit, in the transaction that made it so. */
export interface JobCheck {
  readonly repositoryId: number;
  readonly repository: string;
  readonly sha: string;
  readonly workflow: string;
  readonly runId: number | null;
  readonly jobId: number | null;
  readonly name: string;
  readonly status: Check['status'];
  readonly conclusion: Check['conclusion'];
  readonly passes: boolean | null;
  readonly url: string | null;
  readonly summary: string;
}

/** Records it; one without a run only where no job of that workflow has reported it. */
export async function recordJobCheck(tx: Tx, now: Date, check: JobCheck): Promise<void> {
  const { repository, runId, jobId, ...row } = check;
  const { sha, workflow, name, status, conclusion } = row;
  if (runId === null && (await hasJobCheck(tx, row))) return;
  await insertCheck(tx, now, { ...row, run_id: runId, job_id: jobId });
  await appendEvent(tx, now, {
    kind: 'check.reported',
    subject: `${repository}@${sha}`,
    actor: workflow,
    data: { name, status, conclusion },
  });
}

const presentCheck = ({ passes, job_id, ...row }: CheckRow): Check => ({
  ...row,
  job_id,
  green: row.status === 'completed' && (passes ?? isGreen(row.conclusion)),
  reported_at: row.reported_at.toISOString(),
});
