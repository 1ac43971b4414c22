import { jobStepMark } from '../../contract/logMarks.ts';
import type { LogOutline } from '../../contract/watching.ts';
import { findBeginnings, readLogExtent } from '../../platform/logfiles/index.ts';
import type { StepRow } from './stepStore.ts';

/** Slipway's own lines are bold. */
const bold = '\u001b[1m';

/** How far the log of a job goes, and the lines with which its steps begin. */
export async function outlineJobLog(
  path: string,
  finished: boolean,
  steps: readonly StepRow[],
  signal: AbortSignal,
): Promise<LogOutline> {
  const begun = steps.filter(({ conclusion }) => conclusion !== 'skipped');
  // The extent first: what is found of it is inside of it, or behind, never missing in between.
  const extent = await readLogExtent(path);
  const marks = begun.map(({ number, name }) => `${bold}${jobStepMark(number, name)}`);
  const lines = await findBeginnings(path, marks, signal);
  const sections = begun.flatMap(({ number }, index) => {
    const line = lines[index];
    return line === undefined || line > extent.lines
      ? []
      : [{ kind: 'step' as const, position: number, line }];
  });
  return { ...extent, finished, sections };
}
