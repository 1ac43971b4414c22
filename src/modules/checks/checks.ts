import type { Check } from '../../contract/repositories.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db, Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/events.ts';
import { audit } from '../audit/index.ts';
import { type CheckRow, insertCheck, selectChecks } from './store.ts';

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
  url?: string | undefined;
  summary: string;
}

/** Records what CI says of a commit. The newest report of a name counts. */
export async function reportCheck(db: Db, now: Date, actor: Actor, report: CheckReport): Promise<Check> {
  const conclusion = report.conclusion ?? null;
  if ((report.status === 'completed') !== (conclusion !== null)) {
    throw new AppError('invalid_input', 'body.conclusion: a completed check has one, and no other does');
  }
  const { repositoryId, sha, name, status, summary } = report;
  const row = { name, status, conclusion, url: report.url ?? null, summary };
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

const presentCheck = (row: CheckRow): Check => ({ ...row, reported_at: row.reported_at.toISOString() });
