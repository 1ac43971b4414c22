import type { WorkflowJob, WorkflowRun } from '../../contract/runs.ts';
import type { WorkflowConclusion } from '../../contract/states.ts';
import { type ExitCode, exitCodes } from '../exitCodes.ts';
import type { Style } from '../output/terminal.ts';
import { styleOfConclusion } from '../workflow/words.ts';

type Standing = Pick<WorkflowRun | WorkflowJob, 'state' | 'conclusion'>;

/** How a run or a job stands, in a word. */
export const standingOf = ({ state, conclusion }: Standing): string => conclusion ?? state;

export function styleOf({ state, conclusion }: Standing): Style | readonly Style[] {
  if (conclusion !== null) return styleOfConclusion[conclusion];
  return state === 'running' ? 'cyan' : 'yellow';
}

/** The mark of what has not ended. */
export const openMark = (state: string, unicode: boolean): string => {
  const runs = state === 'running' || state === 'cancelling';
  if (unicode) return runs ? '●' : '○';
  return runs ? 'runs' : 'waits';
};

/** How a run that has ended counts for a script. */
export const exitCodeOfRun: Record<WorkflowConclusion, ExitCode> = {
  success: exitCodes.done,
  // Nothing failed: what had to be left out was left out.
  skipped: exitCodes.done,
  failure: exitCodes.failed,
  cancelled: exitCodes.interrupted,
};

/** `main`, `v1.4`, `#7`: a ref as people say it. */
export const refName = (ref: string): string =>
  ref.replace(/^refs\/(?:heads|tags)\//, '').replace(/^refs\/pull\/(\d+)\/.*$/, '#$1');
