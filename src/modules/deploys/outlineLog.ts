import { isFinal } from '../../contract/deploys.ts';
import { endMark, stepMark, verifyMark } from '../../contract/logMarks.ts';
import type { LogOutline } from '../../contract/watching.ts';
import { findBeginnings, readLogExtent, readLogLines } from '../../platform/logfiles/index.ts';
import { deployName } from './deploy.ts';
import type { DeployRow, StepRow } from './store.ts';

type Section = Omit<LogOutline['sections'][number], 'line'>;

/** How far a log goes, and the lines with which each of its parts begins. */
export async function outlineLog(
  path: string,
  deploy: DeployRow,
  steps: readonly StepRow[],
  signal: AbortSignal,
): Promise<LogOutline> {
  const marks = expectedMarks(deploy, steps);
  // The extent first: what is found of it is inside of it, or behind, never missing in between.
  const extent = await readLogExtent(path);
  const lines = await findBeginnings(
    path,
    marks.map(({ text }) => `${bold}${text}`),
    signal,
  );
  const sections = marks.flatMap(({ section }, index) => {
    const line = lines[index];
    return line === undefined || line > extent.lines ? [] : [{ ...section, line }];
  });
  const end = await findEnd(path, deploy, extent.lines);
  return { ...extent, finished: isFinal(deploy.state), sections: [...sections, ...end] };
}

/** How it ended is said near the end: all that is before need not be read for it. */
const lastLines = 50;

async function findEnd(path: string, deploy: DeployRow, count: number): Promise<LogOutline['sections']> {
  if (!isFinal(deploy.state) || deploy.started_at === null) return [];
  const text = `${bold}${endMark(deployName(deploy.app, deploy.environment, deploy.number), deploy.state)}`;
  const lines = await readLogLines(path, { from: Math.max(1, count - lastLines), limit: lastLines + 1 });
  const last = lines.findLast((line) => line.number <= count && line.text.startsWith(text));
  return last === undefined ? [] : [{ kind: 'end', position: null, line: last.number }];
}

/** Slipway's own lines are bold. */
const bold = '\u001b[1m';

/** What can be in the log by now; a step that was never told to run has no line. */
function expectedMarks(deploy: DeployRow, steps: readonly StepRow[]): { section: Section; text: string }[] {
  const marks: { section: Section; text: string }[] = steps
    .filter((step) => step.started_at !== null)
    .map(({ position, name }) => ({
      section: { kind: 'step', position },
      text: stepMark(position, steps.length, name),
    }));
  if (deploy.verifying_at !== null && deploy.config.health !== null)
    marks.push({ section: { kind: 'verification', position: null }, text: verifyMark });
  return marks;
}
