import { createHash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { ReportedTest, TestReport } from '../../../contract/testReports.ts';
import type { Queryable, Tx } from '../../../platform/db/database.ts';
import type { RunRow } from '../runs.ts';

export interface TestRow extends ReportedTest {
  job_id: number;
  number: number;
  /** The same for the same test in other jobs and runs. */
  key: string;
}

const keyOf = ({ suite, name }: ReportedTest): string =>
  createHash('sha256').update(`${suite}\0${name}`).digest('hex').slice(0, 32);

/** Keeps what a job reported, in place of what it may have before. */
export async function replaceTests(
  tx: Tx,
  jobId: number,
  { tests, counts, problems }: TestReport,
): Promise<void> {
  await tx.run(sql`delete from workflow_tests where job_id = ${jobId}`);
  const summary = JSON.stringify({ ...counts, problems });
  await tx.run(sql`update workflow_jobs set tests = ${summary} where id = ${jobId}`);
  const rows = tests.map((test, index) => ({ ...test, number: index + 1, key: keyOf(test) }));
  for (let at = 0; at < rows.length; at += 1000) {
    const part = rows.slice(at, at + 1000);
    const column = <K extends keyof (typeof part)[number]>(name: K) => part.map((row) => row[name]);
    await tx.run(sql`
      insert into workflow_tests (job_id, number, key, suite, name, file, line, state, message, seconds)
      select ${jobId}, * from unnest(${column('number')}::int[], ${column('key')}::text[], ${column('suite')}::text[],
        ${column('name')}::text[], ${column('file')}::text[], ${column('line')}::int[], ${column('state')}::text[],
        ${column('message')}::text[], ${column('seconds')}::float8[])
      on conflict do nothing`);
  }
}

/** Of jobs, those that failed first, then the slowest. */
export function selectTests(db: Queryable, jobIds: readonly number[], limit: number): Promise<TestRow[]> {
  return db.many<TestRow>(sql`
    select job_id, number, key, suite, name, file, line, state, message, seconds from workflow_tests
    where job_id = any(${jobIds})
    order by state not in ('failed', 'error'), seconds desc nulls last, job_id, number limit ${limit}`);
}

/**
 * Tests that both failed and passed at one commit, in one job of one workflow, in whichever attempt or run of it: keys
 * of job and test.
 */
export async function selectFlaky(
  db: Queryable,
  run: Pick<RunRow, 'repository_id' | 'sha' | 'file'>,
): Promise<ReadonlySet<string>> {
  const rows = await db.many<{ job: string; test: string }>(sql`
    select j.key as job, t.key as test
    from workflow_runs r join workflow_jobs j on j.run_id = r.id join workflow_tests t on t.job_id = j.id
    where r.repository_id = ${run.repository_id} and r.sha = ${run.sha} and r.file = ${run.file}
    group by j.key, t.key
    having bool_or(t.state = 'passed') and bool_or(t.state in ('failed', 'error'))`);
  return new Set(rows.map(({ job, test }) => `${job} ${test}`));
}

/** The last runs of a workflow on a branch that have ended, without the one that is asked about, newest first. */
export function selectEarlierRuns(db: Queryable, run: RunRow, ref: string, limit: number) {
  return db.many<{
    id: number;
    number: number;
    sha: string;
    title: string;
    created_at: Date;
    attempt: number;
  }>(sql`
    select r.id, r.number, r.sha, r.title, r.created_at, r.attempt from workflow_runs r
    where r.repository_id = ${run.repository_id} and r.file = ${run.file} and r.ref = ${ref} and r.state = 'completed'
      and r.conclusion in ('success', 'failure') and r.id <> ${run.id} and (r.ref <> ${run.ref} or r.id < ${run.id})
    order by r.id desc limit ${limit}`);
}

/** How jobs ended in the last attempt of each of these runs. */
export function selectJobEnds(db: Queryable, runIds: readonly number[], keys: readonly string[]) {
  return db.many<{ run_id: number; key: string; failed: boolean }>(sql`
    select j.run_id, j.key, j.conclusion = 'failure' as failed
    from workflow_jobs j join workflow_runs r on r.id = j.run_id and r.attempt = j.attempt
    where j.run_id = any(${runIds}) and j.key = any(${keys}) and j.conclusion in ('success', 'failure')`);
}

export interface TestEnd {
  run_id: number;
  job: string;
  key: string;
  failed: boolean;
  seconds: number | null;
}

/** How tests fared in the last attempt of each of these runs. */
export function selectTestEnds(
  db: Queryable,
  runIds: readonly number[],
  tests: readonly { readonly job: string; readonly key: string }[],
): Promise<TestEnd[]> {
  if (tests.length === 0 || runIds.length === 0) return Promise.resolve([]);
  return db.many<TestEnd>(sql`
    select j.run_id, j.key as job, t.key, t.state in ('failed', 'error') as failed, t.seconds
    from workflow_runs r join workflow_jobs j on j.run_id = r.id and j.attempt = r.attempt
      join workflow_tests t on t.job_id = coalesce(j.carried_from, j.id)
    where r.id = any(${runIds}) and t.state <> 'skipped'
      and (j.key, t.key) in (select * from unnest(${tests.map(({ job }) => job)}::text[], ${tests.map(({ key }) => key)}::text[]))`);
}
