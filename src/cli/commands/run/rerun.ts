import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { api } from '../../../contract/addresses.ts';
import { defineCommand } from '../../command.ts';
import { persist } from '../../connection/persist.ts';
import { chooseJob, findRun } from '../../runs/findRun.ts';
import { watchRun } from '../../runs/watchRun.ts';
import { followOption } from '../../shipOptions.ts';

interface Options {
  readonly failed?: boolean;
  readonly job?: string;
  readonly follow?: boolean;
}

export const rerunCommand = defineCommand<Options>({
  name: 'rerun [run]',
  summary: 'run a run again: all jobs, those that failed, or one',
  details:
    'As a new attempt, at the same commit, as it was planned then; the attempts before are kept. What need not run again keeps its result.',
  options: [
    new Option('--failed', 'only jobs that failed or were cancelled, and those that need them'),
    new Option('-j, --job <job>', 'only this job, and those that need it').conflicts('failed'),
    followOption(),
  ],
  examples: [
    ['slipway run rerun harbor/test#12 --failed --follow', 'what failed, and watch'],
    ['slipway run rerun harbor/test#12 --job "unit (22)"', 'one job'],
    ['slipway run rerun', 'all of the newest run of the commit that is checked out'],
  ],
  async run(run, name) {
    const { out, options } = run;
    const client = await run.client();
    const params = { run: await findRun(client, name) };
    const { jobs_list } = await client.call(api.showRun, { params });
    const job = options.job === undefined ? {} : { job: chooseJob(jobs_list, options.job).id };
    const body = { only: options.failed ? ('failed' as const) : ('all' as const), debug: false, ...job };
    const idempotencyKey = randomUUID();
    const again = await persist(() => client.call(api.rerunRun, { params, body }, { idempotencyKey }));
    if (options.follow) return watchRun(run, again.id);
    out.show(again, () => {
      out.line(`${again.name} runs again, attempt ${again.attempt}`);
      out.note(out.paint('dim', `Watch it: slipway run watch ${again.name}`));
    });
    return undefined;
  },
});
