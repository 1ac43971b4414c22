import { type FinalState, isFinal } from '../../contract/deploys.ts';
import { endMark, stepMark, verifyMark } from '../../contract/logMarks.ts';
import type { LogOutline } from '../../contract/watching.ts';
import { findBeginnings, readLogExtent } from '../../platform/logfiles/index.ts';
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
  return { ...extent, finished: isFinal(deploy.state), sections };
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
  const name = deployName(deploy.app, deploy.environment, deploy.number);
  if (isFinal(deploy.state) && deploy.started_at !== null)
    marks.push({ section: { kind: 'end', position: null }, text: endMark(name, deploy.state as FinalState) });
  return marks;
}
