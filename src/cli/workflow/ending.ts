import type { Conclusion } from '../../workflows/run/index.ts';
import { plainLine, plainText } from '../output/plainText.ts';
import { renderTable } from '../output/table.ts';
import type { Style, Terminal } from '../output/terminal.ts';
import { createGroups, readLogLine } from './groups.ts';
import type { JobPicture, PlacedAnnotation, RunPicture, StepFailure } from './picture.ts';
import { markOf, styleOfConclusion, writeMs } from './words.ts';

const annotationsShown = 50;
const failureLines = 15;
const failuresShown = 10;

/** What stands at the end of a run: annotations, summaries, what failed, a table of the jobs and a last line. */
export function endingLines(picture: RunPicture, terminal: Terminal): string[] {
  const jobs = [...picture.jobs.values()];
  return [
    ...section(terminal, 'Annotations', annotationLines(annotationsOf(picture), terminal)),
    ...jobs.flatMap((job) => summaryLines(job, jobs.length, terminal)),
    ...(jobs.length > 1 ? section(terminal, 'Failed', failureLinesOf(picture.failures, terminal)) : []),
    ...(jobs.length > 1 ? ['', ...tableLines(jobs, terminal)] : []),
    '',
    lastLine(picture, jobs, terminal),
  ];
}

function section({ paint }: Terminal, title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
}

/** Without those that only say why a step failed: it says so itself. */
const annotationsOf = ({ annotations, failures }: RunPicture): PlacedAnnotation[] =>
  annotations.filter(
    ({ file, message, jobName }) =>
      file !== null || !failures.some((failure) => failure.jobName === jobName && failure.detail === message),
  );

const styleOfLevel: Record<PlacedAnnotation['level'], Style | readonly Style[]> = {
  error: ['red', 'bold'],
  warning: 'yellow',
  notice: 'cyan',
};

/** A line an annotation, as many as anybody reads. */
export function annotationLines(all: readonly PlacedAnnotation[], terminal: Terminal): string[] {
  const { paint } = terminal;
  const lines = all.slice(0, annotationsShown).map((each) => {
    const place = placeOf(each);
    const title = each.title === null ? '' : `${plainLine(each.title)}: `;
    const from = paint(
      'dim',
      `(${plainLine(each.jobName)}${each.stepName === '' ? '' : `, ${plainLine(each.stepName)}`})`,
    );
    const message = plainText(each.message).trimEnd().split('\n').join('\n      ');
    return `  ${paint(styleOfLevel[each.level], each.level)} ${place}${title}${message}  ${from}`;
  });
  const left = all.length - lines.length;
  return left > 0 ? [...lines, paint('dim', `  … and ${left} more`)] : lines;
}

/** `src/tides.ts:12:3 `, as editors and terminals turn into links. */
function placeOf({ file, line, column }: PlacedAnnotation): string {
  if (file === null) return '';
  const parts = [plainLine(file), ...(line === null ? [] : [line, ...(column === null ? [] : [column])])];
  return `${parts.join(':')} `;
}

function summaryLines(job: JobPicture, jobs: number, terminal: Terminal): string[] {
  if (job.summary.trim() === '') return [];
  const title = jobs > 1 ? `Summary of ${plainLine(job.name)}` : 'Summary';
  return section(
    terminal,
    title,
    plainText(job.summary)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  );
}

function failureLinesOf(failures: readonly StepFailure[], terminal: Terminal): string[] {
  const { paint } = terminal;
  const bar = paint('dim', terminal.unicode ? '│' : '|');
  return failures.slice(0, failuresShown).flatMap((failure) => {
    const why = failure.detail === null ? '' : `: ${plainLine(failure.detail)}`;
    const name = paint('bold', `${plainLine(failure.jobName)}, ${plainLine(failure.stepName)}`);
    const groups = createGroups({ folded: false, paint, triangle: terminal.unicode ? '▸' : '>' });
    const lines = failure.output.kept().lines.slice(-failureLines);
    const shown = lines.flatMap((line) => groups.show(readLogLine(line)));
    return [`  ${markOf('failure', terminal)} ${name}${why}`, ...shown.map((line) => `    ${bar} ${line}`)];
  });
}

function tableLines(jobs: readonly JobPicture[], terminal: Terminal): string[] {
  return renderTable(
    [
      { title: 'JOB', flexible: true },
      { title: 'CONCLUSION' },
      { title: 'TIME', align: 'right' },
      { title: '', flexible: true },
    ],
    jobs.map((job) => {
      const conclusion: Conclusion = job.conclusion ?? 'cancelled';
      const time = job.ran ? writeMs(job.durationMs) : '-';
      return [job.name, { text: conclusion, style: styleOfConclusion[conclusion] }, time, job.detail ?? ''];
    }),
    { columns: terminal.columns(), paint: terminal.paint },
  );
}

function lastLine(picture: RunPicture, jobs: readonly JobPicture[], terminal: Terminal): string {
  const conclusion = picture.conclusion ?? 'cancelled';
  const words = terminal.paint(styleOfConclusion[conclusion], conclusion);
  return `${markOf(conclusion, terminal)} ${words} in ${writeMs(picture.durationMs)}: ${countsOf(jobs)}`;
}

/** `3 jobs, 1 failed, 1 skipped`. */
function countsOf(jobs: readonly JobPicture[]): string {
  const count = (conclusion: Conclusion) => jobs.filter((job) => job.conclusion === conclusion).length;
  const parts = [
    `${jobs.length} job${jobs.length === 1 ? '' : 's'}`,
    ...(['failure', 'cancelled', 'skipped'] as const).flatMap((conclusion) =>
      count(conclusion) === 0
        ? []
        : [`${count(conclusion)} ${conclusion === 'failure' ? 'failed' : conclusion}`],
    ),
  ];
  return parts.join(', ');
}
