import sql, { join } from 'sql-template-tag';
import type { WorkflowConclusion } from '../../contract/states.ts';
import type { Queryable, Tx } from '../../platform/db/database.ts';

export interface StepRow {
  job_id: number;
  number: number;
  name: string;
  phase: 'set-up' | 'pre' | 'main' | 'post' | 'tear-down';
  state: 'running' | 'completed';
  outcome: WorkflowConclusion | null;
  conclusion: WorkflowConclusion | null;
  detail: string | null;
  condition: string | null;
  started_at: Date;
  finished_at: Date | null;
}

export interface AnnotationRow {
  job_id: number;
  number: number;
  step: number;
  level: 'error' | 'warning' | 'notice';
  message: string;
  title: string | null;
  path: string | null;
  line: number | null;
  end_line: number | null;
  column: number | null;
  end_column: number | null;
}

export function selectSteps(db: Queryable, jobIds: readonly number[]): Promise<StepRow[]> {
  return db.many<StepRow>(
    sql`select * from workflow_steps where job_id = any(${jobIds}) order by job_id, number`,
  );
}

export function selectAnnotations(
  db: Queryable,
  jobIds: readonly number[],
  limit: number,
): Promise<AnnotationRow[]> {
  return db.many<AnnotationRow>(sql`
    select * from workflow_annotations where job_id = any(${jobIds}) order by job_id, number limit ${limit}`);
}

type NewStep = Pick<StepRow, 'number' | 'name' | 'phase' | 'condition'> & { at: string; skipped: boolean };

export async function insertSteps(tx: Tx, jobId: number, steps: readonly NewStep[]): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(({ number, name, phase, condition, at, skipped }) => {
    const end = skipped ? 'skipped' : null;
    return sql`(${jobId}, ${number}, ${name}, ${phase}, ${skipped ? 'completed' : 'running'}, ${end}, ${end}, ${condition},
      ${at}::timestamptz, ${skipped ? at : null}::timestamptz)`;
  });
  await tx.run(sql`
    insert into workflow_steps (job_id, number, name, phase, state, outcome, conclusion, condition, started_at, finished_at)
    values ${join(rows)} on conflict do nothing`);
}

export async function finishSteps(
  tx: Tx,
  jobId: number,
  steps: readonly {
    number: number;
    outcome: string;
    conclusion: string;
    detail: string | null;
    at: string;
  }[],
): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(
    ({ number, outcome, conclusion, detail, at }) =>
      sql`(${number}::integer, ${outcome}, ${conclusion}, ${detail}, ${at}::timestamptz)`,
  );
  await tx.run(sql`
    update workflow_steps s set state = 'completed', outcome = f.outcome, conclusion = f.conclusion, detail = f.detail,
      finished_at = f.at
    from (values ${join(rows)}) as f (number, outcome, conclusion, detail, at)
    where s.job_id = ${jobId} and s.number = f.number and s.state = 'running'`);
}

/** What ran when its runner vanished: nobody knows how it ended. */
export async function closeSteps(tx: Tx, now: Date, jobId: number, detail: string): Promise<StepRow[]> {
  return tx.many<StepRow>(sql`
    update workflow_steps set state = 'completed', outcome = 'failure', conclusion = 'failure', detail = ${detail}, finished_at = ${now}
    where job_id = ${jobId} and state = 'running' returning *`);
}

export async function deleteSteps(tx: Tx, jobId: number): Promise<void> {
  await tx.run(sql`delete from workflow_steps where job_id = ${jobId}`);
  await tx.run(sql`delete from workflow_annotations where job_id = ${jobId}`);
}

export async function insertAnnotations(
  tx: Tx,
  jobId: number,
  annotations: readonly {
    number: number;
    step: number;
    level: string;
    message: string;
    title: string | null;
    file: string | null;
    line: number | null;
    endLine: number | null;
    column: number | null;
    endColumn: number | null;
  }[],
): Promise<void> {
  if (annotations.length === 0) return;
  const rows = annotations.map(
    (
      a,
    ) => sql`(${jobId}, ${a.number}, ${a.step}, ${a.level}, ${a.message}, ${a.title}, ${a.file}, ${a.line}, ${a.endLine},
      ${a.column}, ${a.endColumn})`,
  );
  await tx.run(sql`
    insert into workflow_annotations (job_id, number, step, level, message, title, path, line, end_line, "column", end_column)
    values ${join(rows)} on conflict do nothing`);
}
