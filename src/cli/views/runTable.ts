import type { JobCounts, WorkflowRun } from '../../contract/runs.ts';
import type { Output } from '../output/output.ts';
import type { Cell } from '../output/table.ts';
import { writeDuration } from '../output/time.ts';
import { refName, standingOf, styleOf } from '../runs/words.ts';

/** Runs as a table, in the order they come. */
export function printRuns(out: Output, runs: readonly WorkflowRun[]): void {
  const columns = [
    { title: 'RUN' },
    { title: 'STATE' },
    { title: 'SHA' },
    { title: 'REF', flexible: true },
    { title: 'WHAT', flexible: true },
    { title: 'JOBS', flexible: true },
    { title: 'STARTED' },
    { title: 'TOOK', align: 'right' as const },
  ];
  out.table(
    columns,
    runs.map((run): Cell[] => [
      { text: run.name, style: 'bold' },
      { text: standingOf(run), style: styleOf(run) },
      run.short_sha,
      refName(run.ref),
      run.title,
      run.reason ?? countsOf(run.jobs),
      out.time(run.created_at),
      run.duration_seconds === null ? '' : writeDuration(run.duration_seconds),
    ]),
  );
}

/** `4 jobs, 1 failed, 1 running`: what is not as it should be, or not yet. */
export function countsOf(jobs: JobCounts): string {
  if (jobs.total === 0) return '';
  const parts: [number, string][] = [
    [jobs.failure, 'failed'],
    [jobs.cancelled, 'cancelled'],
    [jobs.running, 'running'],
    [jobs.waiting, 'waiting'],
    [jobs.skipped, 'skipped'],
  ];
  const words = parts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
  return [`${jobs.total} job${jobs.total === 1 ? '' : 's'}`, ...words].join(', ');
}
