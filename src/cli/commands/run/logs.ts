import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import type { RunDetail } from '../../../contract/runs.ts';
import { AppError } from '../../../platform/errors.ts';
import { defineCommand, type Run } from '../../command.ts';
import type { ExitCode } from '../../exitCodes.ts';
import { chooseJobs, findRun } from '../../runs/findRun.ts';
import { followRun } from '../../runs/followRun.ts';
import type { ListedJob } from '../../runs/jobTree.ts';
import { printJobLogs } from '../../runs/printJobLogs.ts';
import { exitCodeOfRun } from '../../runs/words.ts';
import { openRunView } from '../../workflow/view.ts';

interface Options {
  readonly job?: string;
  readonly failed?: boolean;
  readonly follow?: boolean;
  readonly raw?: boolean;
}

export const runLogsCommand = defineCommand<Options>({
  name: 'logs [run]',
  summary: 'the logs of a run, of its failing steps, or live with --follow',
  details:
    'Of several jobs each begins with its name; followed, each line does. With --follow it exits with 0 when the run succeeds, 4 when it fails, and 130 when it is cancelled. With --json a document a line: lines of the log, or followed, what happens.',
  options: [
    new Option('-j, --job <job>', 'only of this job: its name, or its id'),
    new Option('--failed', 'only the lines of steps that failed'),
    new Option('-f, --follow', 'go on, over all jobs, until the run ends').conflicts(['failed', 'raw']),
    new Option('--raw', 'every byte as it was written'),
  ],
  examples: [
    ['slipway run logs --failed', 'why the commit that is checked out here failed'],
    ['slipway run logs harbor/test#12 --job "unit (22)"', 'one job'],
    ['slipway run logs harbor/test -f', 'watch the newest run of a workflow'],
  ],
  async run(run, name) {
    const { options } = run;
    const client = await run.client();
    const id = await findRun(client, name);
    if (options.follow) return followLogs(run, id);
    const detail = await client.call(api.showRun, { params: { run: id } });
    const jobs = chooseJobs(detail.jobs_list, options.job).filter((job) => hasLog(job));
    const chosen = options.failed ? jobs.filter(({ conclusion }) => conclusion === 'failure') : jobs;
    if (chosen.length === 0) sayWhyNothing(run, detail, jobs);
    await printJobLogs(run, client, chosen, {
      failed: options.failed === true,
      raw: options.raw === true,
      times: options.times === true,
    });
    return undefined;
  },
});

const hasLog = ({ started_at }: ListedJob): boolean => started_at !== null;

/** Nothing failed, or nothing has run: told apart, and on standard error, for the log itself is empty. */
function sayWhyNothing({ out, options }: Run<Options>, detail: RunDetail, jobs: readonly ListedJob[]): void {
  if (options.failed && jobs.length > 0) {
    const yet = detail.state === 'completed' ? '' : ' yet';
    out.note(`no job of ${detail.name} failed${yet}`);
    return;
  }
  throw new AppError(
    'not_found',
    `${detail.name} has no log: nothing of it ran${detail.state === 'completed' ? '' : ' yet'}; slipway run show ${detail.name} says why`,
  );
}

async function followLogs(run: Run<Options>, id: number): Promise<ExitCode> {
  const view = openRunView(run.out, { verbose: run.out.terminal.watched, now: run.now });
  const ended = await followRun(run, id, view, {
    jobs: (jobs) => (run.options.job === undefined ? jobs : chooseSome(jobs, run.options.job)),
    replay: true,
  });
  return exitCodeOfRun[ended.conclusion ?? 'cancelled'];
}

/** A job may come to be only later. */
const chooseSome = (jobs: readonly ListedJob[], text: string): readonly ListedJob[] =>
  jobs.filter(({ id, name, key, path }) => [String(id), name, key, path].includes(text));
