import type { Run } from '../command.ts';
import type { ExitCode } from '../exitCodes.ts';
import { printNext } from '../views/runDetail.ts';
import { printFindings } from '../views/runFindings.ts';
import { openRunView } from '../workflow/view.ts';
import { checkoutHere } from './checkoutHere.ts';
import { followRun } from './followRun.ts';
import { exitCodeOfRun } from './words.ts';

/** Watches a run to its end, and answers how it ended for a script. */
export async function watchRun(run: Run, id: number): Promise<ExitCode> {
  const view = openRunView(run.out, { verbose: false, now: run.now });
  const ended = await followRun(run, id, view, { jobs: (jobs) => jobs, replay: false });
  if (ended.conclusion === 'failure') {
    await printFindings(
      run.out,
      ended,
      ended.findings.length === 0 ? null : await checkoutHere(process.cwd()),
    );
    printNext(run.out, ended);
  }
  return exitCodeOfRun[ended.conclusion ?? 'cancelled'];
}
