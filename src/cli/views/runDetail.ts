import type { RunDetail } from '../../contract/runs.ts';
import type { Output } from '../output/output.ts';
import { plainLine, plainText } from '../output/plainText.ts';
import { withLocalTimes, writeDuration } from '../output/time.ts';
import { jobTree } from '../runs/jobTree.ts';
import { refName, standingOf, styleOf } from '../runs/words.ts';
import { annotationLines } from '../workflow/ending.ts';
import { jobLines } from './jobLines.ts';
import { type ShownTests, testLines } from './testLines.ts';

/** Everything about one run: what it is of, its jobs as a tree, what they say, and what to do next. */
export function printRun(out: Output, run: RunDetail, tests: ShownTests, now: Date): void {
  const { terminal, paint } = out;
  out.line(`${paint('bold', run.name)}  ${paint(styleOf(run), standingOf(run))}  ${plainLine(run.title)}`);
  for (const [label, text] of facts(out, run)) out.line(`  ${paint('dim', label.padEnd(10))}${text}`);
  const jobs = jobLines(jobTree(run), terminal, now);
  section(out, null, jobs);
  const annotations = run.annotations.map(({ path, end_line, end_column, job, step, ...rest }) => ({
    ...rest,
    file: path,
    endLine: end_line,
    endColumn: end_column,
    jobName: job,
    stepName:
      run.jobs_list.find(({ name }) => name === job)?.steps.find(({ number }) => number === step)?.name ?? '',
  }));
  section(out, 'Tests', testLines(tests, terminal));
  section(out, 'Annotations', annotationLines(annotations, terminal));
  for (const { job, summary } of run.summaries)
    section(
      out,
      run.jobs_list.length > 1 ? `Summary of ${plainLine(job)}` : 'Summary',
      summaryLines(summary),
    );
}

function facts(out: Output, run: RunDetail): [string, string][] {
  const attempt = run.attempts > 1 ? `, attempt ${run.attempt} of ${run.attempts}` : '';
  const all: [string, string | null][] = [
    ['workflow', `${run.workflow === run.file ? '' : `${run.workflow}, `}${run.file}${attempt}`],
    ['event', `${run.event} of ${refName(run.ref)} by ${run.actor}, ${out.time(run.created_at)}`],
    ['commit', run.sha],
    ['runs', run.code_sha === run.sha ? null : run.code_sha],
    ['trust', run.trusted ? null : 'from a fork or somebody unknown: its jobs get no secrets'],
    [
      'cancelled',
      run.cancel_requested && `by ${run.cancel_requested.by} ${out.time(run.cancel_requested.at)}`,
    ],
    ['reason', run.findings.length > 0 ? null : run.reason],
    ['took', run.duration_seconds === null ? null : writeDuration(run.duration_seconds)],
    ['page', run.url],
  ];
  return all.flatMap(([label, text]) =>
    text === null || text === '' ? [] : [[label, withLocalTimes(plainLine(text))]],
  );
}

function section(out: Output, title: string | null, lines: readonly string[]): void {
  if (lines.length === 0) return;
  out.line();
  if (title !== null) out.line(out.paint('bold', title));
  for (const line of lines) out.line(line);
}

const summaryLines = (summary: string): string[] =>
  plainText(summary)
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);

/** What somebody who has read this wants to do now. */
export function printNext(out: Output, run: RunDetail): void {
  for (const line of nextLines(run)) out.note(out.paint('dim', line));
}

export function nextLines(
  run: Pick<RunDetail, 'name' | 'state' | 'conclusion'> & {
    readonly findings: readonly unknown[];
    readonly jobs_list: readonly Pick<RunDetail['jobs_list'][number], 'state' | 'conclusion'>[];
  },
): string[] {
  if (run.findings.length > 0) return ['\nNothing of it ran. Check it: slipway workflow check'];
  if (run.state !== 'completed') {
    const waits = run.jobs_list.some(({ state }) => state === 'waiting');
    return [
      `\nWatch it: slipway run watch ${run.name}   Stop it: slipway run cancel ${run.name}`,
      ...(waits ? [`Let it go on: slipway run approve ${run.name}`] : []),
    ];
  }
  const failed = run.jobs_list.some(({ conclusion }) => conclusion === 'failure');
  const log = failed
    ? `What failed: slipway run logs ${run.name} --failed`
    : `Its log: slipway run logs ${run.name}`;
  const again = run.conclusion === 'success' ? '' : `   Again: slipway run rerun ${run.name} --failed`;
  return [`\n${log}${again}`];
}
