import type { Run } from '../command.ts';
import type { ExitCode } from '../exitCodes.ts';
import { openRunView } from '../workflow/view.ts';
import { followRun } from './followRun.ts';
import { exitCodeOfRun } from './words.ts';

/** Watches a run to its end, and answers how it ended for a script. */
export async function watchRun(run: Run, id: number): Promise<ExitCode> {
  const view = openRunView(run.out, { verbose: false, now: run.now });
  const ended = await followRun(run, id, view, { jobs: (jobs) => jobs, replay: false });
  if (ended.conclusion === 'failure') {
    const { paint } = run.out;
    run.out.note(
      paint(
        'dim',
        `What failed: slipway run logs ${ended.name} --failed   Again: slipway run rerun ${ended.name} --failed`,
      ),
    );
  }
  return exitCodeOfRun[ended.conclusion ?? 'cancelled'];
}
