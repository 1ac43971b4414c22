import type { FailingSince, TestResult } from '../../contract/runTests.ts';
import type { TestCounts } from '../../contract/testReports.ts';
import { plainLine, plainText } from '../output/plainText.ts';
import type { Terminal } from '../output/terminal.ts';
import { writeDuration } from '../output/time.ts';
import { markOf } from '../workflow/words.ts';

export interface ShownTests {
  readonly counts: TestCounts | null;
  readonly problems: readonly string[];
  readonly items: readonly TestResult[];
}

const mostFailed = 20;
const mostOthers = 5;
const messageLines = 6;

/** How many tests there were, those that failed and why, and which are flaky or slow. */
export function testLines({ counts, problems, items }: ShownTests, terminal: Terminal): string[] {
  if (counts === null) return [];
  const failed = items.filter(hasFailed);
  const others = items.filter((test) => !hasFailed(test) && (test.flaky || test.usual_seconds !== null));
  return [
    `  ${countsText(counts)}`,
    ...failed.slice(0, mostFailed).flatMap((test) => failedLines(test, terminal)),
    ...(counts.failed > mostFailed
      ? [terminal.paint('dim', `  … and ${counts.failed - mostFailed} more failed`)]
      : []),
    ...others.slice(0, mostOthers).map((test) => otherLine(test, terminal)),
    ...problems.map((problem) => `  ${terminal.paint('yellow', 'not read')} ${plainLine(problem)}`),
  ];
}

const hasFailed = ({ state }: TestResult): boolean => state === 'failed' || state === 'error';

/** `12 passed, 1 failed, 2 skipped in 3.2 s`. */
function countsText({ passed, failed, skipped, seconds }: TestCounts): string {
  const parts: [number, string][] = [
    [passed, 'passed'],
    [failed, 'failed'],
    [skipped, 'skipped'],
  ];
  const words = parts.flatMap(([count, word]) =>
    count === 0 ? [] : [`${count.toLocaleString('en-US')} ${word}`],
  );
  return `${words.join(', ') || 'none'}${seconds === 0 ? '' : ` in ${writeDuration(seconds)}`}`;
}

function failedLines(test: TestResult, terminal: Terminal): string[] {
  const { paint } = terminal;
  const place =
    test.file === null ? '' : `  ${plainLine(test.file)}${test.line === null ? '' : `:${test.line}`}`;
  const marks = [
    ...(test.flaky ? [paint('yellow', 'flaky: it also passed at this commit')] : []),
    ...(test.failing_since === null ? [] : [paint('yellow', sinceText(test.failing_since))]),
  ];
  const head = `  ${markOf('failure', terminal)} ${paint('bold', nameOf(test))}${place}  ${paint('dim', `(${plainLine(test.job)})`)}`;
  const message = plainText(test.message ?? '')
    .trimEnd()
    .split('\n');
  const bar = paint('dim', terminal.unicode ? '│' : '|');
  const shown =
    test.message === null ? [] : message.slice(0, messageLines).map((line) => `      ${bar} ${line}`);
  return [[head, ...marks].join('  '), ...shown];
}

function otherLine(test: TestResult, { paint }: Terminal): string {
  const slow =
    test.usual_seconds === null
      ? []
      : [`slow: ${writeDuration(test.duration_seconds ?? 0)}, usually ${writeDuration(test.usual_seconds)}`];
  const words = [...(test.flaky ? ['flaky: it also failed at this commit'] : []), ...slow];
  return `  ${paint('yellow', words.join('; '))}  ${nameOf(test)}  ${paint('dim', `(${plainLine(test.job)})`)}`;
}

const nameOf = ({ suite, name }: TestResult): string => plainLine(suite === '' ? name : `${suite} › ${name}`);

/** `also failing on main since harbor/test#9 (3f2a9c1d Tides)`. */
export const sinceText = ({ branch, run, sha, title }: FailingSince): string =>
  plainLine(`also failing on ${branch} since ${run} (${sha.slice(0, 8)} ${title})`);
