import type { DeployStats } from '../../contract/deploys.ts';
import type { Output } from '../output/output.ts';
import { writeDuration } from '../output/time.ts';

type Day = DeployStats['days'][number];
const width = 30;

/** A bar a day, and how long deploys take. */
export function printStats(out: Output, what: string, stats: DeployStats): void {
  const { p50, p90, p99 } = stats.duration_seconds;
  out.line(
    `${out.paint('bold', what)}: ${stats.total} deploy${stats.total === 1 ? '' : 's'} in ${stats.days.length} days`,
  );
  if (p50 !== null && p90 !== null && p99 !== null) {
    out.line(
      `half take up to ${writeDuration(p50)}, 90 % up to ${writeDuration(p90)}, 99 % up to ${writeDuration(p99)}`,
    );
  }
  const most = Math.max(...stats.days.map(countOf), 1);
  out.line();
  for (const run of runsOf(stats.days)) {
    const [day] = run;
    if (day !== undefined && countOf(day) === 0 && run.length > longestSilence) {
      out.line(
        out.paint(
          'dim',
          `${(out.terminal.unicode ? '…' : '...').padEnd(10)}  ${run.length} days without a deploy`,
        ),
      );
    } else
      for (const each of run) out.line(`${each.day}  ${bar(each, most, out)}  ${wordsOf(each)}`.trimEnd());
  }
}

/** Longer runs of days without a deploy take one line. */
const longestSilence = 3;

/** Days in runs that are all with, or all without deploys. */
function runsOf(days: readonly Day[]): Day[][] {
  const runs: Day[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run !== undefined && first !== undefined && (countOf(first) === 0) === (countOf(day) === 0))
      run.push(day);
    else runs.push([day]);
  }
  return runs;
}

const countOf = (day: Day): number => day.succeeded + day.failed + day.cancelled;

/** Good, failed, cancelled: each with a pattern of its own, so that the bar reads without colour too. */
function bar(day: Day, most: number, out: Output): string {
  const [good, bad, ended] = out.terminal.unicode ? ['█', '▒', '░'] : ['#', 'x', '.'];
  const scale = (count: number) => (count === 0 ? 0 : Math.max(1, Math.round((count / most) * width)));
  const parts = [scale(day.succeeded), scale(day.failed), scale(day.cancelled)] as const;
  const rest = Math.max(0, width - parts[0] - parts[1] - parts[2]);
  return (
    out.paint('green', good.repeat(parts[0])) +
    out.paint('red', bad.repeat(parts[1])) +
    out.paint('dim', ended.repeat(parts[2])) +
    ' '.repeat(rest)
  );
}

function wordsOf(day: Day): string {
  const parts = [
    [day.succeeded, 'succeeded'],
    [day.failed, 'failed'],
    [day.cancelled, 'cancelled'],
    [day.rollbacks, day.rollbacks === 1 ? 'rollback' : 'rollbacks'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}
