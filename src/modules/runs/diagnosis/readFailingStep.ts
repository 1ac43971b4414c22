import { jobStepMark } from '../../../contract/logMarks.ts';
import { findBeginnings, readLogExtent, readLogLines } from '../../../platform/logfiles/index.ts';
import type { StepRow } from '../stepStore.ts';

/** Slipway's own lines are bold. */
const bold = '\u001b[1m';
const mostLines = 400;
const mostChars = 64 * 1024;

/**
 * The last lines that a step wrote, at most 64 Ki characters of them. None when the log has no such step, or cannot be
 * read: a job ends also without its log.
 */
export async function readFailingStep(
  path: string,
  steps: readonly StepRow[],
  failed: StepRow,
  signal: AbortSignal,
): Promise<string[]> {
  const begun = steps.filter(({ conclusion }) => conclusion !== 'skipped');
  const marks = begun.map(({ number, name }) => `${bold}${jobStepMark(number, name)}`);
  const at = begun.indexOf(failed);
  const [begins, extent] = await Promise.all([findBeginnings(path, marks, signal), readLogExtent(path)]);
  const first = begins[at];
  if (first === undefined) return [];
  const end = begins[at + 1] ?? extent.lines + 2;
  const from = Math.max(first + 1, end - mostLines);
  const lines = await readLogLines(path, { from, limit: end - from });
  return lastOf(lines.map(({ text }) => text));
}

function lastOf(lines: readonly string[]): string[] {
  let room = mostChars;
  const kept = lines.findLastIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return lines.slice(kept + 1);
}
