import type { Queryable } from '../../platform/db/database.ts';
import { firstFailingLine } from './diagnosis/firstFailingLine.ts';
import { readFailingStep } from './diagnosis/readFailingStep.ts';
import type { JobRow } from './runs.ts';
import { type AnnotationRow, type StepRow, selectAnnotations, selectSteps } from './stepStore.ts';

const patienceMs = 5000;

/**
 * Where a job failed, in one line: its step, how that ended, and the first line that says what is wrong, of an annotation
 * or of the step's part of the log at `logPath`.
 */
export async function describeFailure(
  db: Queryable,
  job: Pick<JobRow, 'id' | 'reason'>,
  logPath: string | null,
): Promise<string> {
  const steps = await selectSteps(db, [job.id]);
  const failed = steps.find(({ conclusion }) => conclusion === 'failure');
  if (failed === undefined) return job.reason ?? 'it failed';
  const annotations = await selectAnnotations(db, [job.id], 200);
  const line = annotatedLine(annotations, failed) ?? (await loggedLine(logPath, steps, failed));
  return failureWords(failed, line);
}

/** `step "npm test" failed, exit code 1: src/a.test.js:12: expected 3, got 4`. */
export function failureWords(
  { name, detail }: Pick<StepRow, 'name' | 'detail'>,
  line: string | null,
): string {
  const how = detail === null ? '' : `, ${detail}`;
  return `step "${name}" failed${how}${line === null || line === detail ? '' : `: ${line}`}`;
}

/** The first error that the step told of; not one that only says how it ended. */
function annotatedLine(annotations: readonly AnnotationRow[], failed: StepRow): string | null {
  const error = annotations.find(
    ({ level, step, message }) => level === 'error' && step === failed.number && message !== failed.detail,
  );
  if (error === undefined) return null;
  const place = error.path === null ? '' : `${error.path}${error.line === null ? '' : `:${error.line}`}: `;
  return `${place}${firstFailingLine([error.message.split('\n')[0] ?? '']) ?? ''}`;
}

/** A log that cannot be read, or takes too long, fails no job: it ends without its first failing line. */
async function loggedLine(
  path: string | null,
  steps: readonly StepRow[],
  failed: StepRow,
): Promise<string | null> {
  if (path === null) return null;
  const signal = AbortSignal.timeout(patienceMs);
  const lines = await readFailingStep(path, steps, failed, signal).catch(() => []);
  return firstFailingLine(lines);
}
